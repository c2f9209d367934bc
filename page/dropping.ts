/** Files and folders that are dropped anywhere on the page, or chosen. */

import { $ } from "./document";

export type Given = [path: string, file: File];

/** Tells `open` of all that is given to the page. Dropped beside, a file would take the place of the page. */
export function takeFiles(open: (given: Given[]) => void): void {
  for (const id of ["choose", "folder"]) {
    const input = $<HTMLInputElement>(id);
    input.onchange = () => {
      open([...input.files!].map((file) => [shortened(file.webkitRelativePath || file.name), file]));
      input.value = "";
    };
  }
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const entries = [...event.dataTransfer!.items].map((item) => item.webkitGetAsEntry());
    void Promise.all(entries.map((entry) => filesIn(entry))).then((found) => open(found.flat()));
  });
}

async function filesIn(entry: FileSystemEntry | null): Promise<Given[]> {
  if (entry?.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    return [[shortened(entry.fullPath), file]];
  }
  if (!entry?.isDirectory) return [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Given[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) found.push(...(await filesIn(one)));
  }
}

/** A path with one folder at most, which is as deep as every command looks. */
function shortened(path: string): string {
  return path.split("/").filter(Boolean).slice(-2).join("/");
}

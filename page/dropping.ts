/** Files and folders that are dropped anywhere on the page, or chosen. */

import { $, say, told } from "./document";

export type Given = [path: string, file: File];
/** What is dropped: Chromium reads it by a handle, in a page from a file as well; others by what all had before. */
type Dropped = FileSystemHandle | FileSystemEntry | null;

/** Tells `open` of all that is given to the page. Dropped beside, a file would take the place of the page. */
export function takeFiles(open: (given: Given[]) => void): void {
  for (const id of ["choose", "folder"]) {
    const input = $<HTMLInputElement>(id);
    input.onchange = () => {
      open([...input.files!].map((file) => [file.webkitRelativePath || file.name, file]));
      input.value = "";
    };
  }
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const dropped = [...event.dataTransfer!.items].filter(({ kind }) => kind === "file").map(droppedAs);
    Promise.all(dropped.map(async (one) => filesIn(await one)))
      .then((found) => open(found.flat()))
      .catch((fault) => say(told("undropped", { detail: String(fault) })));
  });
}

function droppedAs(item: DataTransferItem): Promise<Dropped> | Dropped {
  const given = item as DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle> };
  return given.getAsFileSystemHandle ? given.getAsFileSystemHandle() : item.webkitGetAsEntry();
}

async function filesIn(one: Dropped, within = ""): Promise<Given[]> {
  if (!one) return [];
  const path = within ? `${within}/${one.name}` : one.name;
  const file = await fileOf(one);
  if (file) return [[path, file]];
  const found = [];
  for await (const inner of inside(one)) found.push(await filesIn(inner, path));
  return found.flat();
}

async function fileOf(one: FileSystemHandle | FileSystemEntry): Promise<File | undefined> {
  if ("kind" in one) return one.kind === "file" ? (one as FileSystemFileHandle).getFile() : undefined;
  if (!one.isFile) return undefined;
  return new Promise((done, fail) => (one as FileSystemFileEntry).file(done, fail));
}

async function* inside(folder: FileSystemHandle | FileSystemEntry): AsyncGenerator<Dropped> {
  if ("kind" in folder) return yield* (folder as FileSystemDirectoryHandle).values();
  const reader = (folder as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return;
    yield* some;
  }
}

/** Names of files, as the program finds them: no two are the same, and no two folders are one. */

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A path without its ending, and the ending. */
export function parted(path: string): [string, string] {
  const [, stem = path, ending = ""] = /^(.+?)((?:\.[a-z]+)+)$/i.exec(path) ?? [];
  return [stem, ending];
}

/** A path as a word of a command, which is never taken for an option. */
export function asWord(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** A name as it was before a browser, which had it among its downloads already, gave it a number: "ours (1).yaml". */
export function unnumbered(name: string): string {
  return name.replace(/ ?\(\d+\)(?=\.[a-z]+$)/i, "");
}

/** This name, or the first like it that is not taken. It is taken from now on. */
export function free(name: string, taken: Set<string>): string {
  const [stem, ending] = parted(name);
  let found = name;
  for (let number = 2; taken.has(found); number += 1) found = `${stem}-${number}${ending}`;
  taken.add(found);
  return found;
}

/**
 * Paths with one folder at most, which is as deep as every command looks. A folder is named by all that it lies in
 * where its own name is that of another one as well.
 */
export function shortened(paths: string[], taken: Set<string>): string[] {
  const folders = [...new Set(paths.map(folderOf))];
  const own = folders.map(nameOf);
  const names = new Map(
    folders.map((folder, at) => {
      const isOnly = own.filter((name) => name === own[at]).length === 1;
      return [folder, folder && free(isOnly ? own[at]! : folder.replaceAll("/", "-"), taken)];
    }),
  );
  return paths.map((path) => [names.get(folderOf(path)), nameOf(path)].filter(Boolean).join("/"));
}

/** What the page and its worker say to each other. */

/** A file by its path in the working folder, such as "riverside/staff.yaml". */
export interface File_ {
  path: string;
  bytes: Uint8Array;
}

/** What came of a run: its exit code, its text, and the files that it wrote or changed. */
export interface Ran {
  code: number;
  out: string;
  err: string;
  files: File_[];
}

/** A part of the program, packed: base64 in the document, or bytes that were fetched. */
export type Part = string | ArrayBuffer;

export type ToWorker =
  | { parts: Record<string, Part>; wasm?: WebAssembly.Module }
  | { argv: string[]; files: File_[] };

export type FromWorker =
  | { compiled: WebAssembly.Module }
  | { ready: true }
  | { text: string }
  | { ran: Ran }
  | { failed: string; memory: boolean };

/** What the page and its worker say to each other. */

import type { Part } from "./parts";

/**
 * A file by its path in the working folder, such as "riverside/staff.yaml". The browser keeps what it holds, once, however
 * often it is handed on.
 */
export interface File_ {
  path: string;
  content: Blob;
}

/** What came of a run: its exit code, its text, and the files that it wrote or changed. */
export interface Ran {
  code: number;
  out: string;
  err: string;
  files: File_[];
}

/** A file on its way to the worker or from it: WebKitGTK cannot read a blob that comes from the other side. */
export interface Sent {
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export type ToWorker =
  | { parts: Record<string, Part>; wasm?: WebAssembly.Module }
  | { argv: string[]; files: Sent[] };

export type FromWorker =
  | { compiled: WebAssembly.Module }
  | { ready: true }
  | { text: string }
  | { ran: Omit<Ran, "files"> & { files: Sent[] } }
  | { failed: string; why: Why };

/** Why the program could not start, or a run ended without a result. */
export type Why = "browser" | "memory" | "missing" | "fault";

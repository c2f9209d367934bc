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

export type ToWorker =
  | { parts: Record<string, Part>; wasm?: WebAssembly.Module }
  | { argv: string[]; files: File_[] };

export type FromWorker =
  | { compiled: WebAssembly.Module }
  | { ready: true }
  | { text: string }
  | { ran: Ran }
  | { failed: string; why: Why };

/** Why the program could not start, or a run ended without a result. */
export type Why = "browser" | "memory" | "missing" | "fault";

/** The program itself, in Python, at work beside the page: one run at a time, each in a folder of its own. */

import { decompress } from "fzstd";
import { loadPyodide } from "pyodide";
import type { PyodideAPI } from "pyodide";
// @ts-expect-error - it comes without types
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import type { FromWorker, Sent, ToWorker, Why } from "./messages";
import { packed } from "./parts";
import type { Part } from "./parts";

const FOLDER = "/work";
const HOME = "/home";
const MISSING = "missing";
const NOWHERE = "nowhere:/";
const AS_IT_IS = { canOwn: true }; // of what is given to the file system no second copy is made
const AS_GIVEN = 0; // when a file that was given changed last

let python: PyodideAPI;

function unpacked(part: Part): Uint8Array<ArrayBuffer> {
  return decompress(packed(part)) as Uint8Array<ArrayBuffer>;
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  try {
    if ("parts" in data) {
      await start(data.parts, data.wasm);
      tell({ ready: true });
      setTimeout(() => python.pyimport("in_page").warm());
    } else {
      tell({ ran: run(data.argv, data.files) });
    }
  } catch (fault) {
    told(fault);
  }
};

function told(fault: unknown): void {
  tell({ failed: String(fault), why: why(fault) });
}

/** Whether there is no more memory, or the browser cannot read what newer ones can; anything else is a fault. */
function why(fault: unknown): Why {
  if (fault instanceof WebAssembly.CompileError || fault instanceof WebAssembly.LinkError) return "browser";
  if (missing) return MISSING;
  return fault instanceof RangeError || /memory/i.test(String(fault)) ? "memory" : "fault";
}

/** Start Python with nothing but what came with the page: what it asks the network for, it is given here. */
async function start(parts: Record<string, Part>, compiled?: WebAssembly.Module): Promise<void> {
  self.fetch = async () => new Response(unpacked(parts.library!));
  WebAssembly.instantiateStreaming = async (_answer, imports) => {
    try {
      const module = compiled ?? (await WebAssembly.compile(unpacked(parts.wasm!)));
      if (!compiled) tell({ compiled: module });
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    } catch (fault) {
      told(fault); // Pyodide would wait for ever
      throw fault;
    }
  };
  python = await loadPyodide({
    indexURL: NOWHERE,
    lockFileContents: LOCK,
    createPyodideModule,
    env: { HOME, LANG: "C.UTF-8" },
  });
  python.FS.writeFile(`${HOME}/program.zip`, unpacked(parts.program!), AS_IT_IS);
  Object.assign(self, { further: () => further(parts.further!) });
  python.runPython(`import sys; sys.path.append("${HOME}/program.zip"); import in_page`);
}

let missing = false;

/** What only some runs need. Where it cannot be had, the run is no more to blame than the files. */
function further(part: Part): Uint8Array {
  try {
    return packed(part);
  } catch (fault) {
    missing = true;
    throw fault;
  }
}

const LOCK = {
  info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2", version: "314.0.7" },
  packages: {},
} as never;

function run(argv: string[], files: Sent[]): Extract<FromWorker, { ran: unknown }>["ran"] {
  python.pyimport("in_page").clear(FOLDER);
  files.forEach(put);
  const out = listening("setStdout", () => {});
  const err = listening("setStderr", (text) => tell({ text }));
  const code = python.pyimport("in_page").run(python.toPy(argv), FOLDER);
  if (missing) throw new TypeError(MISSING);
  return { code, out: out(), err: err(), files: [...written("")] };
}

/** Put a file where the program finds it, older than any that it writes. */
function put({ path, bytes }: Sent): void {
  const whole = `${FOLDER}/${path}`;
  python.FS.mkdirTree(whole.slice(0, whole.lastIndexOf("/")));
  python.FS.writeFile(whole, bytes, AS_IT_IS);
  python.FS.utime(whole, AS_GIVEN, AS_GIVEN);
}

/** What the program wrote, one file after the other: each is handed over and let go of before the next. */
function* written(folder: string): Generator<Sent> {
  for (const name of python.FS.readdir(`${FOLDER}/${folder}`).sort()) {
    const path = folder + name;
    if (name === "." || name === "..") continue;
    const whole = `${FOLDER}/${path}`;
    const { mode, mtime } = python.FS.stat(whole);
    if (python.FS.isDir(mode)) yield* written(`${path}/`);
    else if (mtime.getTime() !== AS_GIVEN) {
      yield { path, bytes: python.FS.readFile(whole) as Uint8Array<ArrayBuffer> };
      python.FS.unlink(whole);
    }
  }
}

/** Listen to a standard stream. Gives what says, in the end, all that was written to it. */
function listening(stream: "setStdout" | "setStderr", tell: (text: string) => void): () => string {
  const decoder = new TextDecoder();
  let all = "";
  python[stream]({
    write(bytes: Uint8Array): number {
      const text = decoder.decode(bytes, { stream: true });
      all += text;
      tell(text);
      return bytes.length;
    },
    isatty: false,
  });
  return () => all + decoder.decode();
}

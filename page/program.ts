/** The program, as the page has it: its command line, which takes files and gives back what it wrote. */

import { decompress } from "fzstd";
import type { File_, FromWorker, Ran, Sent, ToWorker, Why } from "./messages";
import { gathered, packed } from "./parts";
import type { Part } from "./parts";
export type { File_, Ran } from "./messages";

export type State = "starting" | "ready" | "running" | "failed";

/** Somebody stopped the run. */
export class Stopped extends Error {}

/** The run ended for want of memory, or for a fault that is none of its own: `detail` says which. */
export class Broken extends Error {
  constructor(readonly detail: string) {
    super(detail);
  }
}

/** What a state says further: an old browser, too little memory, parts that cannot be had; anything else is a fault. */
export const BROWSER: Why = "browser";
export const MEMORY: Why = "memory";
export const MISSING: Why = "missing";

interface Job {
  argv: string[];
  files: File_[];
  onText: (text: string) => void;
  resolve: (ran: Ran) => void;
  reject: (reason: Error) => void;
}

export class Program {
  private readonly waiting: Job[] = [];
  private broken = ""; // why it did not start
  private running?: Job;
  private worker?: Worker;
  private ready = false;
  private parts?: Promise<Record<string, Part>>;
  private compiled?: WebAssembly.Module;

  /** Starts it. `onState` is told how it is, from "starting" on. */
  constructor(private readonly onState: (state: State, detail?: string) => void) {
    void this.start();
  }

  /** Run a command in a fresh folder that holds these files. One at a time; what it says meanwhile goes to `onText`. */
  run(argv: string[], files: File_[], onText: (text: string) => void = () => {}): Promise<Ran> {
    if (this.broken) return Promise.reject(new Broken(this.broken));
    return new Promise((resolve, reject) => {
      this.waiting.push({ argv, files, onText, resolve, reject });
      this.next();
    });
  }

  /** End the run at once, and what waits for its end, and get ready anew. */
  stop(): void {
    this.giveUp(new Stopped());
    if (this.running) this.again(new Stopped());
  }

  private giveUp(why: Error): void {
    for (const { reject } of this.waiting.splice(0)) reject(why);
  }

  private notStarted(detail: string): void {
    this.broken = detail;
    this.giveUp(new Broken(detail));
    this.onState("failed", detail);
  }

  private async start(): Promise<void> {
    this.onState("starting");
    if (!isAble()) return this.notStarted(BROWSER);
    try {
      const parts = await (this.parts ??= gathered());
      const { worker: script, ...others } = parts;
      const bytes = decompress(packed(script!));
      this.begin(new Blob([bytes as BlobPart], { type: "text/javascript" }), others);
    } catch (fault) {
      this.parts = undefined;
      this.notStarted(fault instanceof TypeError ? MISSING : String(fault));
    }
  }

  private begin(script: Blob, parts: Record<string, Part>): void {
    const address = URL.createObjectURL(script);
    const worker = new Worker(address);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.heard(data);
    worker.onerror = (event) => this.heard({ failed: event.message, why: this.ready ? "fault" : "browser" });
    worker.postMessage({ parts, wasm: this.compiled } satisfies ToWorker);
    this.worker = worker;
  }

  private heard(said: FromWorker): void {
    if ("compiled" in said) this.compiled = said.compiled;
    else if ("text" in said) this.running?.onText(said.text);
    else if ("failed" in said) this.failed(said.why === "fault" ? said.failed : said.why);
    else {
      const done = this.running;
      this.ready = true;
      this.running = undefined;
      this.onState("ready");
      if ("ran" in said) {
        const files = said.ran.files.map(({ path, bytes }) => ({ path, content: new Blob([bytes]) }));
        done?.resolve({ ...said.ran, files });
      }
      this.next();
    }
  }

  private failed(detail: string): void {
    if (this.running) this.again(new Broken(detail));
    else if (!this.ready) this.notStarted(detail);
    else this.onState("failed", detail);
  }

  private again(why: Error): void {
    this.worker?.terminate();
    this.ready = false;
    const ended = this.running;
    this.running = undefined;
    ended?.reject(why);
    void this.start();
  }

  /** Hand a job to the worker, unless it was stopped meanwhile. */
  private async send(job: Job): Promise<void> {
    try {
      const files = await Promise.all(job.files.map(bytesOf));
      if (this.running === job) this.worker!.postMessage({ argv: job.argv, files } satisfies ToWorker);
    } catch (fault) {
      if (this.running === job) this.again(new Broken(String(fault)));
    }
  }

  private next(): void {
    if (!this.ready || this.running) return;
    this.running = this.waiting.shift();
    if (!this.running) return;
    this.onState("running");
    void this.send(this.running);
  }
}

async function bytesOf({ path, content }: File_): Promise<Sent> {
  return { path, bytes: new Uint8Array(await content.arrayBuffer()) };
}

/** Whether this browser has what the program needs. */
function isAble(): boolean {
  return typeof WebAssembly !== "undefined" && typeof Worker !== "undefined";
}

/** The page: every form of it is a command of the program, and what comes of it is shown or opened. */

import { $, all, go, knows, say, told } from "./document";
import { commandOf, typed } from "./command";
import { takeFiles } from "./dropping";
import { Editor } from "./editor";
import { Files } from "./opened";
import type { Opened } from "./opened";
import { Broken, Program, Stopped } from "./program";
import type { File_, Ran, State } from "./program";
import { Result } from "./result";

let state: State = "starting";
const program = new Program((now: State, detail = "") => {
  state = now;
  $("stop").hidden = state !== "running";
  $("off").hidden = state !== "failed";
  say(state === "failed" ? failure(detail) : told(state));
});
const files = new Files(run, doesTo, (file) => editor.close(file));
const editor = new Editor(files);
const result = new Result(run);
const asked = $<HTMLIFrameElement>("asked");

/** Run a command. Until its turn comes, which is at once where nothing else runs, it is said that it waits. */
function run(argv: string[], files: File_[]): Promise<Ran> {
  say(told(files.length ? "taken" : "waits", { count: files.length }));
  return program.run(argv, files, (text) => say(lastLine(text)));
}

/** What can be done with a file, by the words of the buttons. */
function doesTo(file: Opened): [string, () => void][] {
  if (file.kind === "rubric") return [["edit", () => edit(file)]];
  return file.kind === "form" ? [["goon", () => void ask(file)]] : [];
}

function edit(file: Opened): void {
  show("write");
  void editor.edit(file);
}

/** Ask the questions of a form, which gives the answers back by a channel of its own. */
async function ask(form: File_): Promise<void> {
  const page = await form.content.text();
  show("answer");
  before = undefined;
  asked.onload = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => void given(String(data));
    asked.contentWindow!.postMessage("involve-audit", "*", [port2]);
  };
  asked.hidden = false;
  asked.srcdoc = page;
  say(told("asked"));
  go(asked);
}

let before: Opened | undefined;

/** The answers of a form: they are opened like any others, in the place of those that it gave before, and assessed. */
async function given(text: string): Promise<void> {
  const answers = { path: "answers.yaml", content: new Blob([text]) };
  const [opened] = (await files.open([answers], true, before).catch(failed)) ?? [];
  if (!opened) return;
  before = opened;
  all<HTMLInputElement>("#assess [data-path]").forEach((box) => {
    box.checked = box.dataset.path === opened.path;
  });
  show("files");
  await submit($("assess").querySelector("form")!);
}

async function open(given: Promise<Opened[]>): Promise<void> {
  const opened = await given.catch(failed);
  if (opened?.length) suggest(opened);
}

/** Bring forward what can be done next with files that were opened. */
function suggest(opened: Opened[]): void {
  show("files");
  const kinds = opened.map(({ kind }) => kind);
  const isRead = kinds.some((kind) => ["form", "response", "table"].includes(kind));
  const next = isRead ? "read" : files.audits > 1 ? "batch" : "assess";
  if (isRead || files.audits) $<HTMLDetailsElement>(next).open = true;
}

const underway = new Set<HTMLFormElement>();

async function submit(form: HTMLFormElement): Promise<void> {
  if (underway.has(form)) return; // pressed twice
  underway.add(form);
  const command = commandOf(form, files);
  showTyped(form, command.argv);
  const ran = await run(command.argv, command.files).catch(failed);
  underway.delete(form);
  if (!ran) return;
  const { then = "show" } = form.dataset;
  if (then === "look") return editor.look(ran);
  if (then === "ask" && !ran.code) return ask(ran.files[0]!);
  if (then === "open" || then === "edit") {
    const opened = await files.open(ran.files, true).catch(failed);
    if (!opened) return;
    const [first] = opened;
    if (then === "edit" && first) return edit(first);
  }
  result.show(form, command, ran);
}

/** Below what was pressed, the same as somebody would type it. */
function showTyped(form: HTMLFormElement, argv: string[]): void {
  $("terminal").hidden = false;
  $("command").textContent = typed(argv);
  (form.closest(".ways") ?? form).after($("terminal"));
}

/** Say why there is nothing to show. */
function failed(fault: unknown): undefined {
  if (fault instanceof Stopped) say(told("stopped"));
  else say(failure(fault instanceof Broken ? fault.detail : String(fault)));
}

function failure(detail: string): string {
  return knows(detail) ? told(detail) : told("failed", { detail });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) || told("running");
}

/** Show one task. What belongs to none is shown with all. */
function show(id: string): void {
  all("#tasks a").forEach((link) => {
    const isIt = link.getAttribute("href") === `#${id}`;
    if (isIt) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  all("main section").forEach((section) => {
    section.classList.toggle("now", (section.dataset.of ?? section.id) === id);
  });
}

/** The groups that a rubric asks: those of other rubrics are no choice beside it. */
function narrow(select: HTMLSelectElement): void {
  const groups = select.form?.querySelector<HTMLSelectElement>("[name='--for']");
  if (!groups) return;
  groups.value = "";
  all<HTMLOptionElement>("[data-of]", groups).forEach((option) => {
    option.hidden = option.disabled = option.dataset.of !== select.value;
  });
}

/** Whether files are ticked wherever a form asks for some. Says so where none are. */
function isComplete(form: HTMLFormElement): boolean {
  const pick = all(".pick", form).find((one) => !one.querySelector(":checked"));
  if (pick) {
    say(told("tick"));
    (pick.querySelector<HTMLElement>("input") ?? $("choose")).focus();
  }
  return !pick;
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  if (form.dataset.run && isComplete(form)) void submit(form);
});
$("paste").onsubmit = () => {
  const field = $("paste").querySelector("textarea")!;
  const taken = files.open([{ path: "code.txt", content: new Blob([field.value]) }], true);
  void open(taken.then((opened) => ((field.value = ""), opened))); // what was not read stays there
};
$("stop").onclick = () => program.stop();
const rubrics = all<HTMLSelectElement>("[data-rubrics]");
rubrics.forEach((select) => (select.onchange = () => narrow(select)));
rubrics.forEach(narrow);
takeFiles((found) => void open(files.read(found)));
/** Turn to the task that a link or the browser's way back names. */
function turn(id: string): void {
  const heading = document.getElementById(`${id}-heading`);
  if (!heading) return;
  show(id);
  if (state !== "failed") say(told(state)); // what was said of another task is no news of this one
  go(heading);
}
all<HTMLAnchorElement>("#tasks a").forEach((link) => {
  link.onclick = (event) => {
    if (link.hash !== location.hash) return;
    event.preventDefault(); // the browser would think that it is there
    turn(link.hash.slice(1));
  };
});
addEventListener("hashchange", () => turn(location.hash.slice(1)));
show("answer");
$("on").hidden = $("bar").hidden = false;

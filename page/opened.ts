/** What somebody opened, or what a run made of it: what each file is, says the program. */

import { $, all, button, made, say, told } from "./document";
import { asWord, folderOf, free, nameOf, parted, shortened, unnumbered } from "./names";
import type { File_, Ran } from "./program";
import { forget, isUnsaved, notSaved, save } from "./saving";

/** A file by its kind, as `involve-audit files` tells it; `wrong` are its problems in the program's words. */
export interface Opened extends File_ {
  kind: string;
  what: string;
  wrong: string[];
}

interface Problem {
  file: string;
  line: number | null;
  what: string;
  hint: string;
}

export type Finding = Problem & { severity: string };
export type Run = (argv: string[], files: File_[]) => Promise<Ran>;

const MOST = $("drop").dataset;
const MOST_FILES = Number(MOST.files);
const MOST_BYTES = Number(MOST.bytes);
const LARGEST = Number(MOST.largest); // the program says what is too large for it, and needs one byte more for that

export class Files {
  private files: Opened[] = [];
  private opening: Promise<unknown> = Promise.resolve();

  /**
   * `does` says which buttons a file has beside those that all have, by the names of their words. `out` hears of what is
   * taken out.
   */
  constructor(
    private readonly run: Run,
    private readonly does: (file: Opened) => [word: string, does: () => void][],
    private readonly out: (file: Opened) => void,
  ) {}

  of(...kinds: string[]): Opened[] {
    return this.files.filter(({ kind }) => kinds.includes(kind));
  }

  /** Every rubric that is open, where a command finds it by its id. */
  get rubrics(): File_[] {
    return [...placed(this.files).values()];
  }

  /** The place of a rubric for commands. */
  place(file: Opened): string {
    return placed(this.files).get(file)!.path;
  }

  at(path: string): Opened | undefined {
    return this.files.find((file) => file.path === path);
  }

  /** In how many folders there are answers. Each is an audit of its own. */
  get audits(): number {
    return new Set(this.of("answers").map(({ path }) => folderOf(path))).size;
  }

  /** Read what was dropped or chosen, and open it. */
  read(given: [path: string, file: File][]): Promise<Opened[]> {
    return this.inTurn(given.length, () => this.readNow(given));
  }

  /**
   * Open files under names of their own, one in the place of `instead` where that is still open. What was made here is
   * not saved yet.
   */
  open(given: File_[], isNew = false, instead?: Opened): Promise<Opened[]> {
    return this.inTurn(given.length, () => this.openNow(given, isNew, instead));
  }

  /** One lot after the other: what files are called depends on what is open. */
  private inTurn<Done>(count: number, next: () => Promise<Done>): Promise<Done> {
    if (count) say(told("taken", { count }));
    const done = this.opening.then(next);
    this.opening = done.catch(() => {});
    return done;
  }

  private async readNow(given: [path: string, file: File][]): Promise<Opened[]> {
    const seen = given.filter(([path]) => !nameOf(path).startsWith("."));
    if (!seen.length) say(told("nothing"));
    const size = seen.reduce((sum, [, file]) => sum + Math.min(file.size, LARGEST), 0);
    if (this.files.length + seen.length > MOST_FILES || this.size + size > MOST_BYTES) {
      say(told("toomany", { count: MOST_FILES, size: MOST_BYTES / 1e6 }));
      return [];
    }
    const files: File_[] = [];
    const taken = new Set(this.files.map(({ path }) => folderOf(path)));
    const paths = shortened(seen.map(([path]) => path), taken);
    for (const [at, [path, file]] of seen.entries()) {
      try {
        files.push({ path: paths[at]!, content: await copied(file) });
      } catch (fault) {
        say(told("unreadable", { file: path, detail: String(fault) }));
        return [];
      }
    }
    return this.openNow(files);
  }

  private async openNow(given: File_[], isNew = false, instead?: Opened): Promise<Opened[]> {
    const taken = new Set(this.files.filter((file) => file !== instead).map(({ path }) => path));
    const files = given.map(({ path, content }) => ({ path: free(path, taken), content }));
    if (!files.length) return [];
    $("none").hidden = true;
    const opened = await this.told(files).finally(() => this.show());
    if (instead) this.remove(instead);
    if (isNew) opened.forEach(({ path }) => notSaved(path));
    this.files = [...this.files, ...opened].sort((one, other) => (one.path < other.path ? -1 : 1));
    this.show();
    const bad = opened.filter(({ wrong }) => wrong.length).length;
    say(told("opening", { count: opened.length }) + (bad ? ` ${told("faulty", { count: bad })}` : ""));
    return opened;
  }

  /** What the program says of files: what each is, and what is wrong with it. */
  private async told(files: File_[]): Promise<Opened[]> {
    const names = files.map(({ path }) => asWord(path));
    const ran = await this.run(["files", "--format=json", ...names], files);
    const known = parsed<{ files: (Problem & { kind: string })[] }>(ran)?.files ?? [];
    const found = files.map((file): Opened => {
      const { kind = "other", what = ran.err, hint = "" } = known.find((one) => one.file === asWord(file.path)) ?? {};
      return { ...file, kind, what, wrong: kind === "other" && hint ? [hint] : [] };
    });
    const all = [...this.files, ...found];
    const isOther = found.some(({ kind }) => kind === "rubric"); // other rubrics, other findings
    await this.check((isOther ? all : found).filter(({ kind }) => kind === "answers"), [...placed(all).values()]);
    return found;
  }

  /** What somebody wrote into a file here. */
  change(file: Opened, content: Blob): void {
    file.content = content;
    if (isUnsaved(file.path)) return;
    notSaved(file.path);
    this.show();
  }

  private get size(): number {
    return this.files.reduce((sum, { content }) => sum + content.size, 0);
  }

  private async check(answers: Opened[], rubrics: File_[]): Promise<void> {
    if (!answers.length) return;
    const paths = answers.map(({ path }) => asWord(path));
    const ran = await this.run(["answers", "check", "--format=json", ...paths], [...answers, ...rubrics]);
    for (const { file, findings } of parsed<{ files: { file: string; findings: Finding[] }[] }>(ran)?.files ?? []) {
      const found = answers.find(({ path }) => asWord(path) === file);
      if (found) found.wrong = findings.map(inWords);
    }
  }

  private takeOut(file: Opened): void {
    if (isUnsaved(file.path) && !confirm(told("lose", { file: file.path }))) return;
    this.remove(file);
    $("choose").focus();
  }

  /** Let go of a file, where it is still open. */
  remove(file: Opened): void {
    if (!this.files.includes(file)) return;
    this.files = this.files.filter((one) => one !== file);
    forget(file.path);
    this.out(file);
    this.show();
  }

  show(): void {
    $("none").hidden = this.files.length > 0;
    $("things").hidden = !this.files.length;
    $("opened").replaceChildren(...this.files.map((file) => this.line(file)));
    all<HTMLFieldSetElement>(".pick").forEach((pick) => this.fill(pick));
    all<HTMLSelectElement>("[data-rubrics]").forEach((one) => this.offer(one));
  }

  private line(file: Opened): HTMLLIElement {
    const { path, what, wrong } = file;
    const line = made("li");
    const state = isUnsaved(path) ? ` (${told("unsaved")})` : "";
    line.append(made("strong", path), " ", made("span", what + state, { className: "hint" }));
    if (wrong.length) {
      const list = made("ul", "", { className: "wrong" });
      list.append(...wrong.map((text) => made("li", text)));
      line.append(list);
    }
    const buttons = made("span", "", { className: "ways" });
    const keep = (): void => {
      save(file);
      this.show();
    };
    buttons.append(
      ...this.does(file).map(([word, does]) => button(told(word), does, path)),
      ...(isUnsaved(path) ? [button(told("save"), keep, path)] : []),
      button(told("out"), () => this.takeOut(file), path),
    );
    line.append(buttons);
    return line;
  }

  /** Offer, in a form, the files that it can take; what was ticked stays so. */
  private fill(pick: HTMLFieldSetElement): void {
    const before = new Map(all<HTMLInputElement>("input", pick).map((box) => [box.dataset.path, box.checked]));
    const files = this.of(...pick.dataset.kinds!.split(" "));
    const lines = files.map(({ path, wrong }) => {
      const line = made("label", "", { className: "option" });
      const checked = before.get(path) ?? ("ticked" in pick.dataset && !wrong.length);
      const box = made("input", "", { type: "checkbox", checked });
      box.dataset.path = path;
      line.append(box, made("span", path));
      return line;
    });
    all("label", pick).forEach((line) => line.remove());
    pick.querySelector<HTMLElement>(".hint")!.hidden = files.length > 0;
    pick.append(...lines);
  }

  private offer(select: HTMLSelectElement): void {
    all("[data-own]", select).forEach((option) => option.remove());
    for (const { path } of this.rubrics) {
      const [id] = parted(nameOf(path));
      const option = new Option(id, id);
      option.dataset.own = "";
      select.append(option);
    }
  }
}

/** The rubrics among files, at their places for commands. */
function placed(files: Opened[]): Map<Opened, File_> {
  const taken = new Set<string>();
  const at = ({ path, content }: Opened): File_ => ({ path: free(`rubrics/${unnumbered(nameOf(path))}`, taken), content });
  return new Map(files.filter(({ kind }) => kind === "rubric").map((file) => [file, at(file)]));
}

/** What a file holds now, whatever becomes of it beside the page. */
async function copied(file: File): Promise<Blob> {
  return new Blob([await file.slice(0, LARGEST + 1).arrayBuffer()]);
}

/** What a command wrote as JSON; undefined where it could not. */
export function parsed<Data>({ out }: Ran): Data | undefined {
  try {
    return JSON.parse(out) as Data;
  } catch {
    return undefined;
  }
}

export function inWords({ line, what, hint }: Problem): string {
  const text = `${what}. ${hint}`;
  return line ? told("line", { line, what: text }) : text;
}

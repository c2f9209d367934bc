/** A rubric as text: lines with numbers, and what is wrong as links to its lines. */

import { $, all, button, go, made, say, told } from "./document";
import { nameOf } from "./names";
import { inWords, parsed } from "./opened";
import type { Files, Finding, Opened } from "./opened";
import type { Ran } from "./program";
import { save } from "./saving";

export class Editor {
  private file?: Opened;
  private readonly text = $("editor").querySelector("textarea")!;
  private readonly numbers = $("editor").querySelector("pre")!;

  constructor(private readonly files: Files) {
    this.text.oninput = () => {
      if (this.file) this.files.change(this.file, new Blob([this.text.value]));
      this.number();
    };
    this.text.onscroll = () => {
      this.numbers.scrollTop = this.text.scrollTop;
    };
    $("keep").textContent = told("save");
    $("keep").onclick = () => {
      if (!this.file) return;
      save(this.file);
      this.files.show();
    };
  }

  async edit(file: Opened): Promise<void> {
    this.text.value = await file.content.text();
    this.file = file;
    const name = nameOf(file.path);
    $("editor").hidden = false;
    $("problems").hidden = true;
    $("name").textContent = name;
    all<HTMLInputElement>("[data-edited]").forEach((field) => {
      field.value = this.files.place(file);
    });
    this.number();
    go($("name"));
  }

  /** Close it where this is what it shows. */
  close(file: Opened): void {
    if (this.file !== file) return;
    this.file = undefined;
    $("editor").hidden = true;
  }

  /** Show what a check found, each problem as a way to its line. */
  look(ran: Ran): void {
    const found = parsed<{ files: { findings: Finding[] }[] }>(ran)?.files.flatMap(({ findings }) => findings);
    const lines = (found ?? []).map((finding) => {
      const line = made("li");
      const { line: place } = finding;
      line.append(place ? button(inWords(finding), () => this.mark(place)) : inWords(finding));
      return line;
    });
    const box = $("problems");
    box.querySelector("ul")!.replaceChildren(...(found ? lines : [made("li", ran.err)]));
    box.hidden = Boolean(found) && !lines.length;
    say(box.hidden ? told("sound") : told("found"));
    go(box.hidden ? $("name") : box);
  }

  private mark(line: number): void {
    const lines = this.text.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.text.focus();
    this.text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    this.text.scrollTop = (this.text.scrollHeight / lines.length) * Math.max(0, line - 5);
  }

  private number(): void {
    const count = this.text.value.split("\n").length;
    this.numbers.textContent = Array.from({ length: count }, (_, at) => at + 1).join("\n");
  }
}

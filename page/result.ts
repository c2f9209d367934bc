/** What came of a run: its report in a frame without scripts, what the program said, and the ways to keep it. */

import { $, button, go, say, told } from "./document";
import type { Command } from "./command";
import { folderOf, parted } from "./names";
import type { Run } from "./opened";
import type { File_, Ran } from "./program";
import { notSaved, save } from "./saving";
import { zipped } from "./zip";

const MOST_BUTTONS = 12;
const RESULT = "result"; // not a file's name: of results there is one at a time

export class Result {
  private files: File_[] = [];
  private readonly shown = $<HTMLIFrameElement>("shown");

  constructor(private readonly run: Run) {
    this.shown.onload = () => this.fit();
    $("print").onclick = () => this.shown.contentWindow?.print();
    $("zip").onclick = async () => save({ path: "involve-audit.zip", content: await zipped(this.files) }, RESULT);
  }

  /** Show what a form's command came to, below the task that it belongs to. */
  async show(form: HTMLFormElement, command: Command, { code, out, err, files }: Ran): Promise<void> {
    const page = form.dataset.saves ? files.find(({ path }) => path === form.dataset.out) : undefined;
    this.files = form.dataset.then === "open" ? [] : files;
    const came = told(!code ? "done" : files.length ? "partly" : "wrong");
    $("result-heading").textContent = form.getAttribute("aria-label") || came;
    this.tell(err || (page ? "" : out));
    $("saves").replaceChildren(...(page ? this.ways(form, command, page) : this.each()));
    $("zip").hidden = this.files.length < 2;
    $("print").hidden = this.shown.hidden = !page;
    this.shown.srcdoc = page ? await page.content.text() : "";
    if (this.files.length) notSaved(RESULT);
    const result = $("result");
    result.dataset.of = form.closest("section")!.id;
    result.hidden = false;
    const isLookedAt = form.closest("section")!.classList.contains("now");
    result.classList.toggle("now", isLookedAt); // who has turned to another task meanwhile is left there
    say(came);
    if (isLookedAt) go($("result-heading"));
  }

  /** What the program says stands open, but for where it wrote what is shown here. */
  private tell(text: string): void {
    const box = $<HTMLDetailsElement>("told");
    const lines = text.split("\n").filter((line) => line.trim());
    const written = this.files.flatMap(({ path }) => [path, folderOf(path)]).filter(Boolean);
    box.hidden = lines.every((line) => written.some((name) => line.endsWith(` ${name}`)));
    box.open = true;
    box.querySelector("pre")!.textContent = text.trim();
  }

  /** A button for each ending that the result can have; all but the page are written when they are asked for. */
  private ways(form: HTMLFormElement, { argv, files }: Command, page: File_): HTMLButtonElement[] {
    const [stem] = parted(page.path);
    return form.dataset.saves!.split(" ").map((ending) => {
      const path = stem + ending;
      const keep = async (): Promise<void> => {
        const others = argv.map((word) => (word === page.path ? path : word));
        const made = path === page.path ? { err: "", files: [page] } : await this.run(others, files);
        const file = made.files.find((one) => one.path === path);
        if (file) return save(file, RESULT);
        this.tell(made.err);
        say(told("wrong"));
        go($("told"));
      };
      const word = ending === ".audit.json" ? "record" : ending.slice(1);
      return button(told(word), () => void keep());
    });
  }

  private each(): HTMLElement[] {
    if (this.files.length > MOST_BUTTONS) return [];
    const left = new Set(this.files);
    return this.files.map((file) => {
      const name = file.path.slice(file.path.indexOf("/") + 1); // they all lie in one folder, or in none
      const keep = (): void => {
        left.delete(file);
        save({ path: name.replaceAll("/", "-"), content: file.content }, left.size ? "" : RESULT);
      };
      return button(`${told("save")}: ${name}`, keep);
    });
  }

  /** As tall as what it holds, so that nothing scrolls in it. Its links lead to places in it and nowhere else. */
  private fit(): void {
    const inside = this.shown.contentDocument;
    if (this.shown.hidden || !inside?.body) return;
    const fit = (): void => {
      this.shown.style.height = `${inside.documentElement.scrollHeight}px`;
    };
    new ResizeObserver(fit).observe(inside.body);
    fit();
    // Until now, what is below the heading was too short for it to stand at the top.
    if ($("result").classList.contains("now")) $("result-heading").scrollIntoView({ block: "start" });
    inside.addEventListener("click", (event) => {
      const address = (event.target as Element).closest("a")?.getAttribute("href");
      if (address === undefined || address === null) return;
      event.preventDefault();
      const place = address.startsWith("#") && inside.getElementById(decodeURIComponent(address.slice(1)));
      if (place) turnTo(place);
      else say(told("elsewhere"));
    });
  }
}

/** Follow a link within the frame, where a browser would take its address for one of the page around it. */
function turnTo(place: HTMLElement): void {
  for (let one = place.closest("details"); one; one = one.parentElement!.closest("details")) one.open = true;
  place.tabIndex = -1;
  go(place);
}

/** A form of the page as a command of the program: its fields are the options, by their own names. */

import { all } from "./document";
import { asWord } from "./names";
import type { Files } from "./opened";
import type { File_ } from "./program";

export interface Command {
  argv: string[];
  files: File_[];
}

/** The command that a form stands for, with all that was filled in and ticked. */
export function commandOf(form: HTMLFormElement, files: Files): Command {
  const { run = "", out, format } = form.dataset;
  const picked = all<HTMLFieldSetElement>(".pick", form).map((pick) => pickedIn(pick, files));
  const fields = all<Field>("input:not([data-path]), select", form).filter(({ value }) => value);
  return {
    argv: [
      ...run.split(" "),
      ...fields.filter(isArgument).map(({ value }) => value),
      ...picked.flatMap(({ names }) => names),
      ...fields.filter((field) => !isArgument(field)).flatMap(optionOf),
      ...(format ? [`--format=${format}`] : []),
      ...(out ? ["-o", out] : []),
    ],
    files: [...picked.flatMap((one) => one.files), ...files.rubrics],
  };
}

type Field = HTMLInputElement | HTMLSelectElement;

/** Whether a field is a word of its own: it has no name, and nothing to tick. */
function isArgument(field: Field): boolean {
  return !field.name && field.type !== "checkbox";
}

/** An option: the value of a box that is ticked, or a name with what was filled in. */
function optionOf(field: Field): string[] {
  if (field.type === "checkbox") return (field as HTMLInputElement).checked ? [field.value] : [];
  return field.name === "-o" ? ["-o", field.value] : [`${field.name}=${field.value}`];
}

/** The files that are ticked: by their names, or in a folder where one stands for all of them. */
function pickedIn(pick: HTMLFieldSetElement, files: Files): { names: string[]; files: File_[] } {
  const { folder, flat } = pick.dataset;
  const inside = (path: string): string => `${folder}/${flat === undefined ? path : path.replaceAll("/", "-")}`;
  const ticked = all<HTMLInputElement>("input:checked", pick).map((box) => files.at(box.dataset.path!)!);
  const found = ticked.map(({ path, content }) => ({ path: folder ? inside(path) : path, content }));
  const names = found.map(({ path }) => asWord(path));
  return { names: folder && names.length > 1 ? [folder] : names, files: found };
}

/** The same as somebody would type it. */
export function typed(argv: string[]): string {
  const quoted = argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  return ["involve-audit", ...quoted].join(" ");
}

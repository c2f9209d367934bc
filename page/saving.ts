/** What goes out of the page, which is only what somebody saves; and what is not saved yet. */

import { made, say, told } from "./document";
import type { File_ } from "./program";

const unsaved = new Set<string>();

export const isUnsaved = (name: string): boolean => unsaved.has(name);
export const notSaved = (name: string): void => void unsaved.add(name);
export const forget = (name: string): void => void unsaved.delete(name);

/**
 * Save a file where the browser keeps downloads; `held` need not be saved any more. A blob of a type that it knows would be
 * opened by an iPhone.
 */
export function save({ path, content }: File_, held = path): void {
  const href = URL.createObjectURL(content.slice(0, content.size, "application/octet-stream"));
  const name = path.slice(path.lastIndexOf("/") + 1);
  made("a", "", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  say(told("saved", { file: name }));
  forget(held);
}

addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

/** The page's own elements, and its words: they stand in the document, so that a script holds none. */

export function $<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

export function all<Kind extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): Kind[] {
  return [...root.querySelectorAll<Kind>(selector)];
}

/** A word of the page by its name, with values for what stands in braces; the name itself where it is none. */
export function told(name: string, values: Record<string, string | number> = {}): string {
  const text = $("says").dataset[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    return typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : (value ?? "");
  });
}

export function knows(name: string): boolean {
  return name in $("says").dataset;
}

/** Announce what happened. */
export function say(text: string): void {
  $("said").textContent = text;
}

export function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = "",
  values: object = {},
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), { textContent: text }, values);
}

export function button(text: string, does: () => void, about = ""): HTMLButtonElement {
  const one = made("button", text, { type: "button", onclick: does });
  if (about) one.setAttribute("aria-label", `${text}: ${about}`);
  return one;
}

/** Bring the reader to a heading, be it by keyboard or by a screen reader. */
export function go(to: HTMLElement): void {
  to.focus({ preventScroll: true });
  to.scrollIntoView({ block: "start" });
}

/** The packed parts of the program: in the document, or beside it. */

/** A part as it was found, or the address of what may yet be fetched. */
export type Part = Uint8Array<ArrayBuffer> | Beside;

export interface Beside {
  address: string;
}

/** The parts by what they hold, which are taken out of the document. Rejects with TypeError where one cannot be had. */
export async function gathered(): Promise<Record<string, Part>> {
  const found = [...document.querySelectorAll<HTMLScriptElement>("script[data-part]")];
  const parts = found.map(async ({ dataset, text }) => [dataset.part!, dataset.at ? await fetched(dataset) : unpacked(text)]);
  found.forEach((one) => one.remove());
  return Object.fromEntries(await Promise.all(parts));
}

/** What lies beside the page; of what only some runs need, as yet the address. */
async function fetched({ part, at }: DOMStringMap): Promise<Part> {
  const address = new URL(at!, document.baseURI).href;
  if (part === "further") return { address };
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(address);
  return new Uint8Array(await answer.arrayBuffer());
}

function unpacked(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** The bytes of a part, packed as they are. In a worker, which may wait, they are fetched now if need be. */
export function packed(part: Part): Uint8Array<ArrayBuffer> {
  if (part instanceof Uint8Array) return part;
  const request = new XMLHttpRequest();
  request.open("GET", part.address, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new TypeError(part.address);
  return new Uint8Array(request.response);
}

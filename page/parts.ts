/** The packed parts of the program: in the document, or beside it. */

/** A part as it was found: base64 in the document, bytes that were fetched, or the address of what may yet be. */
export type Part = string | ArrayBuffer | Beside;

export interface Beside {
  address: string;
}

/** The parts by what they hold. Rejects with TypeError where one cannot be had. */
export async function gathered(): Promise<Record<string, Part>> {
  const found = [...document.querySelectorAll<HTMLScriptElement>("script[data-part]")];
  const parts = found.map(async ({ dataset, text }) => [dataset.part!, dataset.at ? await fetched(dataset) : text]);
  return Object.fromEntries(await Promise.all(parts));
}

/** What lies beside the page; of what only some runs need, as yet the address. */
async function fetched({ part, at }: DOMStringMap): Promise<Part> {
  const address = new URL(at!, document.baseURI).href;
  if (part === "further") return { address };
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(address);
  return answer.arrayBuffer();
}

/** The bytes of a part, packed as they are. In a worker, which may wait, they are fetched now if need be. */
export function packed(part: Part): Uint8Array<ArrayBuffer> {
  if (typeof part === "string") return Uint8Array.from(atob(part), (sign) => sign.charCodeAt(0));
  if (part instanceof ArrayBuffer) return new Uint8Array(part);
  const request = new XMLHttpRequest();
  request.open("GET", part.address, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new TypeError(part.address);
  return new Uint8Array(request.response);
}

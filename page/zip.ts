/** Several files as one: a ZIP archive, in which nothing is compressed. */

import type { File_ } from "./program";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UTF8_NAMES = 0x0800;
const FIRST_DAY = 0x21; // 1 January 1980: no time is told

/** Of the files themselves only one is looked into at a time. */
export async function zipped(files: File_[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  const list: Uint8Array<ArrayBuffer>[] = [];
  let place = 0;
  for (const { path, content } of files) {
    const bytes = new Uint8Array(await content.arrayBuffer());
    const name = new TextEncoder().encode(path);
    const about = [20, UTF8_NAMES, 0, 0, FIRST_DAY];
    const sizes = [crc(bytes), bytes.length, bytes.length];
    const local = numbers([LOCAL, 4], ...twos(about), ...fours(sizes), [name.length, 2], [0, 2]);
    list.push(
      numbers([CENTRAL, 4], [20, 2], ...twos(about), ...fours(sizes), [name.length, 2], ...twos([0, 0, 0, 0])),
      numbers([0, 4], [place, 4]),
      name,
    );
    parts.push(local, name, content);
    place += local.length + name.length + bytes.length;
  }
  const length = list.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([END, 4], ...twos([0, 0, files.length, files.length]), ...fours([length, place]), [0, 2]);
  return new Blob([...parts, ...list, end]);
}

type Sized = [value: number, bytes: 2 | 4];
const twos = (values: number[]): Sized[] => values.map((value) => [value, 2]);
const fours = (values: number[]): Sized[] => values.map((value) => [value, 4]);

function numbers(...values: Sized[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(values.flatMap(([value, bytes]) => [0, 8, 16, 24].slice(0, bytes).map((by) => value >>> by)));
}

function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

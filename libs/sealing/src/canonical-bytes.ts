/**
 * Bytes that stand for a list of values, and for no other list. A list is: its domain (what the bytes are for), then every value, each as
 * one tag byte (`s` text, `n` number, `l` list), its length as four bytes big-endian, and its content: text as UTF-8, a number in decimal as
 * JavaScript writes it, a list as its values encoded one after the other (its length is then the count of values).
 */
export type Canonical = string | number | readonly string[];

let scratch = Buffer.allocUnsafe(4096);

/** @returns bytes in a buffer that the next call uses again: consume them at once. */
export function canonicalBytes(domain: string, values: readonly Canonical[]): Buffer {
  const longest = values.reduce<number>((sum, value) => sum + roomFor(value), roomFor(domain));
  if (longest > scratch.length) scratch = Buffer.allocUnsafe(2 * longest);
  let at = write(domain, 0);
  for (const value of values) at = write(value, at);
  return scratch.subarray(0, at);
}

function write(value: Canonical, at: number): number {
  if (typeof value === 'object') {
    const head = writeHead('l', value.length, at);
    return value.reduce((next, text) => write(text, next), head);
  }
  const length = scratch.write(String(value), at + HEAD, 'utf8');
  writeHead(typeof value === 'number' ? 'n' : 's', length, at);
  return at + HEAD + length;
}

const HEAD = 5;

function writeHead(tag: 's' | 'n' | 'l', length: number, at: number): number {
  scratch[at] = tag.charCodeAt(0);
  scratch.writeUInt32BE(length, at + 1);
  return at + HEAD;
}

/** A UTF-16 unit takes at most three bytes of UTF-8, a number at most 25 characters. */
function roomFor(value: Canonical): number {
  if (typeof value === 'object') return value.reduce((sum, text) => sum + roomFor(text), HEAD);
  return HEAD + (typeof value === 'number' ? 25 : 3 * value.length);
}

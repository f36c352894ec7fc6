/** How a file's bytes stand for letters. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Finds the encoding while the bytes pass: by their mark, by the zeros of UTF-16, else UTF-8 where all of it is, else Windows-1252. */
export class EncodingGuess {
  #marked: Encoding | undefined;
  #first = true;
  #isUtf8 = true;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });

  look(chunk: Uint8Array): void {
    if (this.#first && chunk.length > 0) {
      this.#first = false;
      this.#marked = markedAs(chunk);
    }
    this.#try(() => this.#utf8.decode(chunk, { stream: true }));
  }

  /** After the last chunk. */
  end(): Encoding {
    this.#try(() => this.#utf8.decode());
    return this.#marked ?? (this.#isUtf8 ? 'utf-8' : 'windows-1252');
  }

  #try(decode: () => unknown): void {
    if (!this.#isUtf8) return;
    try {
      decode();
    } catch {
      this.#isUtf8 = false;
    }
  }
}

function markedAs(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== undefined) return 'utf-16le';
  return a === 0 && b !== undefined && b !== 0 ? 'utf-16be' : undefined;
}

/** The text of the bytes, without their mark. What is no letter becomes U+FFFD, which no field takes for text. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

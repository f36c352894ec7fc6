const SHORT = 40;

/** Bytes that grow as they are written, in PostgreSQL's order (big-endian). Offsets into it stay valid; the buffer itself may be replaced. */
export class ByteSlab {
  bytes: Buffer;
  at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  int16(value: number): void {
    this.room(2);
    this.bytes[this.at++] = value >> 8;
    this.bytes[this.at++] = value;
  }

  int32(value: number): void {
    this.room(4);
    this.putInt32(this.at, value);
    this.at += 4;
  }

  /** @param value a safe integer. */
  int64(value: number): void {
    this.int32(Math.floor(value / 2 ** 32));
    this.int32(value | 0);
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.at++] = value;
  }

  /** UTF-8. Most texts are short and ASCII: for them a plain loop is faster than a call into Node. */
  text(value: string): void {
    const { length } = value;
    this.room(length * 3);
    const { bytes } = this;
    let { at } = this;
    if (length <= SHORT) {
      let index = 0;
      for (; index < length; index += 1) {
        const code = value.charCodeAt(index);
        if (code > 0x7f) break;
        bytes[at++] = code;
      }
      if (index === length) {
        this.at = at;
        return;
      }
    }
    this.at += bytes.write(value, this.at, 'utf8');
  }

  copy(from: Buffer, start: number, end: number): void {
    this.room(end - start);
    const { bytes } = this;
    let { at } = this;
    if (end - start <= SHORT) for (let index = start; index < end; index += 1) bytes[at++] = from[index]!;
    else at += from.copy(bytes, at, start, end);
    this.at = at;
  }

  /** Writes over what stands at an earlier place. */
  putInt32(at: number, value: number): void {
    const { bytes } = this;
    bytes[at] = value >> 24;
    bytes[at + 1] = value >> 16;
    bytes[at + 2] = value >> 8;
    bytes[at + 3] = value;
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + more));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}

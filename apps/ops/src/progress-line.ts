const SAY_EVERY_MS = 15_000;

/** Tells how something goes: one line that moves on a terminal, a line now and then anywhere else. On stderr: stdout holds the answer alone. */
export class ProgressLine {
  private saidAt = -Infinity;
  private shown = false;

  constructor(private readonly out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr) {}

  say(text: string, now = performance.now()): void {
    if (this.out.isTTY) {
      this.out.write(`\r\u001B[2K${text}`);
      this.shown = true;
    } else if (now - this.saidAt >= SAY_EVERY_MS) {
      this.out.write(`${text}\n`);
      this.saidAt = now;
    }
  }

  /** Leaves the last line standing. */
  end(): void {
    if (this.shown) this.out.write('\n');
    this.shown = false;
  }
}

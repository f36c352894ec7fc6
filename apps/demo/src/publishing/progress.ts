/** Shows how far something long has come: a bar on a terminal, a line every tenth elsewhere. */
export class Progress {
  #done = 0;
  #shownTenth = -1;

  constructor(
    private readonly what: string,
    private readonly total: number,
    private readonly out: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'> = process.stdout,
  ) {}

  add(count: number): void {
    this.#done += count;
    if (this.out.isTTY) this.#drawBar();
    else this.#writeLine();
  }

  /** A line of its own, above the bar. */
  say(line: string): void {
    this.out.write(this.out.isTTY ? `\r\x1b[K${line}\n` : `${line}\n`);
    if (this.out.isTTY) this.#drawBar();
  }

  done(): void {
    if (this.out.isTTY) this.out.write('\n');
  }

  get #share(): number {
    return this.total === 0 ? 1 : Math.min(1, this.#done / this.total);
  }

  get #words(): string {
    return `${this.what}: ${this.#done.toLocaleString('en-GB')} of ${this.total.toLocaleString('en-GB')}`;
  }

  #drawBar(): void {
    const width = Math.max(10, Math.min(40, (this.out.columns ?? 80) - this.#words.length - 10));
    const full = Math.round(width * this.#share);
    const percent = `${Math.floor(this.#share * 100)} %`.padStart(5);
    this.out.write(`\r\x1b[K${'█'.repeat(full)}${'░'.repeat(width - full)} ${percent}  ${this.#words}`);
  }

  #writeLine(): void {
    const tenth = Math.floor(this.#share * 10);
    if (tenth === this.#shownTenth) return;
    this.#shownTenth = tenth;
    this.out.write(`${this.#words} (${Math.floor(this.#share * 100)} %)\n`);
  }
}

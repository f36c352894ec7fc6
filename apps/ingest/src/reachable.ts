import { RetryableError } from '#lib/runtime';

/** Something behind the network, opened when first asked for and again after a failure, so that the app starts and answers without it. */
export class Reachable<T> {
  private opening: Promise<T> | undefined;
  private opened: T | undefined;

  constructor(
    private readonly open: () => Promise<T>,
    private readonly shut: (opened: T) => Promise<void> = async () => undefined,
  ) {}

  /** Opened once for all who ask. @throws RetryableError; the next to ask tries again. */
  get(): Promise<T> {
    this.opening ??= this.tryToOpen();
    return this.opening;
  }

  private async tryToOpen(): Promise<T> {
    try {
      this.opened = await this.open();
      return this.opened;
    } catch (cause) {
      this.opening = undefined;
      // whatever it was, an operator can put it right, and the sender can come back
      throw new RetryableError('not-open', 'Something behind the door could not be opened.', { cause });
    }
  }

  /** What is still being opened is not waited for, and shut when it is there. */
  async close(): Promise<void> {
    if (this.opened !== undefined) return this.shut(this.opened);
    this.opening?.then((opened) => this.shut(opened)).catch(() => undefined);
  }
}

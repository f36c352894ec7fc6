import { RetryableError } from '#lib/runtime';

/** Something behind the network, opened when first asked for and again after a failure, so that the app starts and answers without it. */
export class Reachable<T> {
  private opening: Promise<T> | undefined;

  constructor(
    private readonly open: () => Promise<T>,
    private readonly shut: (opened: T) => Promise<void> = async () => undefined,
  ) {}

  /** Opened once for all who ask. @throws RetryableError; the next to ask tries again. */
  get(): Promise<T> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = undefined;
      // whatever it was, an operator can put it right, and the sender can come back
      throw new RetryableError('not-open', 'Something behind the door could not be opened.', { cause: error });
    });
    return this.opening;
  }

  async close(): Promise<void> {
    const opened = await this.opening?.catch(() => undefined);
    if (opened !== undefined) await this.shut(opened);
  }
}

import { RetryableError } from '#lib/runtime';

/** Requests of each source that are not answered yet, so that "we looked, and this is how far we see" can wait for what came before it. */
export class UnderWay {
  private readonly requests = new Map<string, Set<Promise<unknown>>>();

  /** Settles when everything of this source that is under way now is in the log. @throws RetryableError when something of it is not. */
  of(source: string): Promise<void> {
    const earlier = Promise.all(this.requests.get(source) ?? new Set<Promise<unknown>>()).then(
      () => undefined,
      (cause: unknown) => {
        throw new RetryableError('earlier-events-not-published', 'An earlier request of this source has failed.', { cause });
      },
    );
    // most requests never wait for it
    earlier.catch(() => undefined);
    return earlier;
  }

  async add<T>(source: string, request: Promise<T>): Promise<T> {
    const ofSource = this.requests.get(source) ?? new Set();
    this.requests.set(source, ofSource.add(request));
    try {
      return await request;
    } finally {
      ofSource.delete(request);
    }
  }

  /** Settles when nothing is under way, well or badly ended. */
  async ended(): Promise<void> {
    await Promise.allSettled([...this.requests.values()].flatMap((ofSource) => [...ofSource]));
  }
}

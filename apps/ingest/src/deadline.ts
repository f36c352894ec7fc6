import { RetryableError } from '#lib/runtime';

/** How long a sender is kept waiting for what stands behind the door. */
export class Deadline {
  constructor(private readonly milliseconds: number) {}

  /** The work's own outcome, or a RetryableError when it takes too long. The work itself goes on: it may still end well, unnoticed. */
  async keep<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new RetryableError('took-too-long', `No answer within ${this.milliseconds} ms.`)), this.milliseconds);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

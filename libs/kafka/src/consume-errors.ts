export type HaltCode =
  /** The log starts after what was read last: messages may be gone. */
  | 'log-truncated'
  /** The log ends before what was read last: another log, or one restored from an old copy. */
  | 'log-shorter'
  /** The broker keeps no place of the reader, and what the log has lost may never have been read. */
  | 'place-lost'
  /** Another message stands where the last one was read. */
  | 'log-replaced'
  /** The log has another number of partitions than it was read with: keys have moved. */
  | 'partitions-changed'
  /** The stored offset moves on every look: two readers keep one checkpoint, or the database forgets. */
  | 'checkpoint-moves'
  /** Many data keys are gone without a tombstone. */
  | 'keys-lost'
  /** A source has emptied a table at once: which rows it held nobody says. */
  | 'source-truncated'
  /** A source's table has another shape than is known. */
  | 'source-changed'
  /** A captured change makes no sense. */
  | 'change-unreadable'
  /** A failure nobody has sorted: a mistake of ours. */
  | 'unexpected';

/** Going on would skip or lose something. The consumer stops and stays stopped until a person has looked. */
export class HaltError extends Error {
  readonly retriable = false;
  override readonly name = 'HaltError';
  constructor(
    readonly code: HaltCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Every error that is neither a halt nor marked as passing is a halt: never skip, never spin. @param what failed */
export function haltFor(error: unknown, what = 'a batch'): HaltError | undefined {
  if (error instanceof HaltError) return error;
  const { retriable, name } = error as { retriable?: unknown; name?: unknown };
  // kafkajs's own errors (a rebalance, a lost connection) are kafkajs's to handle.
  if (retriable === true || (typeof name === 'string' && name.startsWith('KafkaJS'))) return undefined;
  return new HaltError('unexpected', `${what} failed in a way that does not pass`, { cause: error });
}

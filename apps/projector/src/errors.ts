import { RetryableError } from '#lib/runtime';

/** The read model doesn't answer, or gave up on a lock. Wait and try again: rows and checkpoint stand or fall together. */
export class ReadModelUnavailableError extends RetryableError {
  constructor(options?: ErrorOptions) {
    super('read-model-unavailable', 'the read model did not take the batch', options);
  }
}

/**
 * There is no such schema, table or column, or no right to it: the generation was dropped, or the database is another version's. Whoever folds
 * for good waits, and is told by others when to let go of a generation; whoever began with what there was must look again.
 */
export class ReadModelChangedError extends RetryableError {
  /** @param sqlState PostgreSQL's five-character code. */
  constructor(sqlState: string, options?: ErrorOptions) {
    super('read-model-changed', `the read model is not what it was (SQLSTATE ${sqlState})`, options);
  }
}

/** PostgreSQL refused a value (a NUL in a text, a token that is no UUID). Trying again changes nothing; some event of the batch is at fault. */
export class RowRefusedError extends Error {
  readonly code = 'row-refused';
  readonly retriable = false;
  /** @param sqlState PostgreSQL's five-character code; its message may quote the value, so it is not kept. */
  constructor(readonly sqlState: string) {
    super(`PostgreSQL refused a row (SQLSTATE ${sqlState})`);
    this.name = 'RowRefusedError';
  }
}

/** Sorts an error of `pg` into the kinds above. */
export function readModelError(error: unknown): Error {
  const { code } = error as { code?: unknown };
  // Data exceptions, broken constraints and a value too large for its index concern the rows; every other failure concerns the database.
  if (typeof code === 'string' && /^(2[23]|54)...$/.test(code)) return new RowRefusedError(code);
  if (typeof code === 'string' && /^(42|3F)...$/.test(code)) return new ReadModelChangedError(code, { cause: error });
  return new ReadModelUnavailableError({ cause: error });
}

/** Codes and, where there is none, words with which `pg` says that nobody answers or that a connection is gone. */
const AWAY = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|08|57P0|53300)/;
const LOST = /connection terminated|timeout/i;

/** Whether what was begun with what there was may be begun again in a while, and then work: for errors of `pg` and of ours. */
export function mayPass(error: unknown): boolean {
  if (error instanceof ReadModelChangedError) return false;
  const { retriable, code, message } = error as { retriable?: unknown; code?: unknown; message?: unknown };
  if (typeof retriable === 'boolean') return retriable;
  return typeof code === 'string' ? AWAY.test(code) : LOST.test(String(message));
}

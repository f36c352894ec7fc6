import { RetryableError } from '#lib/runtime';

/** The read model doesn't answer, or gave up on a lock. Wait and try again: rows and checkpoint stand or fall together. */
export class ReadModelUnavailableError extends RetryableError {
  constructor(options?: ErrorOptions) {
    super('read-model-unavailable', 'the read model did not take the batch', options);
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

/** Sorts an error of `pg` into the two kinds above. */
export function readModelError(error: unknown): Error {
  const { code } = error as { code?: unknown };
  // Data exceptions, broken constraints and a value too large for its index concern the rows; every other failure concerns the database.
  if (typeof code === 'string' && /^(2[23]|54)...$/.test(code)) return new RowRefusedError(code);
  return new ReadModelUnavailableError({ cause: error });
}

import { RetryableError } from '#lib/runtime';

/** The sealed bytes, or a clear field they are bound to, are not what was sealed; or the key is another. Trying again changes nothing. */
export class SealBrokenError extends Error {
  readonly code = 'seal-broken';
  readonly retriable = false;
  constructor(expected: string) {
    super(`expected ${expected}`);
    this.name = 'SealBrokenError';
  }
}

/** Records whose person was erased: refused until reinstated on purpose. */
export class SubjectErasedError extends Error {
  readonly code = 'subject-erased';
  readonly retriable = false;
  /** @param indexes places of the erased records in the list that was asked for. */
  constructor(readonly indexes: number[]) {
    super(`${indexes.length} of the records were erased; reinstate them before sending anything about them`);
    this.name = 'SubjectErasedError';
  }
}

/** The key store can't be reached: wait and try again. */
export class KeyStoreUnavailableError extends RetryableError {
  constructor(options?: ErrorOptions) {
    super('key-store-unavailable', 'the key store does not answer', options);
  }
}

/** The key-encryption key is not the one the keys were wrapped with, or a wrapped key was altered. */
export class KeyWrappingError extends Error {
  readonly code = 'key-wrapping-broken';
  readonly retriable = false;
  constructor(what: string) {
    super(`${what}: check KEY_ENCRYPTION_KEY, then the key store's backup`);
    this.name = 'KeyWrappingError';
  }
}

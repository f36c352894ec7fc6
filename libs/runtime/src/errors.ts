/**
 * A failure that may pass by itself: network, registry, database, key store.
 * `code` is stable and made for machines; the message names what was expected, never a person's data.
 */
export class RetryableError extends Error {
  readonly retriable = true;
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

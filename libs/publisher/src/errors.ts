/** The request as a whole was refused (a wrong token, a wrong address): sending it again changes nothing. */
export class PublishRefusedError extends Error {
  readonly retriable = false;
  constructor(
    readonly status: number,
    /** The end of the problem's `type`, such as `not-signed-in`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'PublishRefusedError';
  }
}

/** The index could not be reached, or could not take events, for as long as one was willing to wait. Sending again has no second effect. */
export class PublishFailedError extends Error {
  readonly retriable = true;
  readonly code = 'index-unavailable';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PublishFailedError';
  }
}

/** An event that the index would refuse: it was not sent. It names fields and rules, and never a value. */
export class InvalidEventError extends Error {
  readonly retriable = false;
  readonly code = 'event-invalid';
  constructor(
    type: string,
    readonly problems: readonly { pointer: string; rule: string }[],
  ) {
    super(
      `${type} breaks the contract at ${problems.map(({ pointer, rule }) => `${pointer || '(the whole event)'} (${rule})`).join(', ')}`,
    );
    this.name = 'InvalidEventError';
  }
}

import type { Right } from './rights.js';

/** Why a question gets no answer. `status` is the HTTP answer, `code` is stable; the text never names a person. */
export class NoAnswer extends Error {
  constructor(
    readonly code: string,
    readonly status: 401 | 403 | 503,
    readonly retriable: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
export class NotSignedIn extends NoAnswer {
  constructor() {
    super('not-signed-in', 401, false, 'Sign in first.');
  }
}
export class NotAllowed extends NoAnswer {
  constructor(readonly right: Right = 'read-families') {
    super('not-allowed', 403, false, 'Your role does not include this.');
  }
}
/** No audit record, no answer. */
export class AuditUnavailable extends NoAnswer {
  constructor(cause: unknown) {
    super('audit-unavailable', 503, true, 'No audit record can be written, so nothing can be shown.', { cause });
  }
}
export class ReadModelUnavailable extends NoAnswer {
  constructor(cause: unknown) {
    super('read-model-unavailable', 503, true, 'The index can’t be read at the moment.', { cause });
  }
}

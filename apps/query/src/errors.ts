import type { Code, DataClass } from './policy/policy.js';

/** Why a question gets no answer. `status` is the HTTP answer, `code` is stable; the text never names a person. */
export class NoAnswer extends Error {
  constructor(
    readonly code: string,
    readonly status: 401 | 403 | 429 | 503,
    readonly retriable: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
export class NotSignedIn extends NoAnswer {
  /** @param hadSession the browser came with a session that is over */
  constructor(readonly hadSession = false) {
    super('not-signed-in', 401, false, 'Sign in first.');
  }
}
export class NotAllowed extends NoAnswer {
  /** @param why the policy's code, or what is wrong with a machine @param data what was asked for */
  constructor(
    readonly why: Code | 'unknown-machine' | 'no-scope',
    readonly data: DataClass | null = null,
  ) {
    super('not-allowed', 403, false, 'Your role does not include this.');
  }
}
/** Allowed once the reader has said why. Somebody absent, or restricted, asks for a reason like anybody else. */
export class ReasonNeeded extends NoAnswer {
  constructor(readonly person: string) {
    super('reason-needed', 403, false, 'Say why first: POST a purpose to /v1/people/{id}/reasons, then ask again.');
  }
}
/** The reader has said to know this person. */
export class KnowsPerson extends NoAnswer {
  constructor() {
    super('knows-this-person', 403, false, 'You have said that you know this person, so their record is closed to you.');
  }
}
/** So many requests a minute are answered, and no more. */
export class TooMuchAsked extends NoAnswer {
  constructor() {
    super('too-much-asked', 429, true, 'You ask faster than is answered. Wait for a minute, then ask again.');
  }
}
/** Nobody can be signed in now; whoever is stays so. */
export class DirectoryUnavailable extends NoAnswer {
  constructor(cause: unknown) {
    super('directory-unavailable', 503, true, 'The directory can’t be asked who you are at the moment.', { cause });
  }
}
/** Files can’t be handled now; what was published stays. */
export class IngestUnavailable extends NoAnswer {
  constructor(cause: unknown) {
    super('ingest-unavailable', 503, true, 'Files can’t be handled at the moment.', { cause });
  }
}
/** What waits for a steward is not known now. Decisions that were taken are kept, and reach the matcher later. */
export class MatcherUnavailable extends NoAnswer {
  constructor(cause: unknown) {
    super('matcher-unavailable', 503, true, 'What waits for a data steward can’t be read at the moment.', { cause });
  }
}
/** No audit record, no answer. */
export class AuditUnavailable extends NoAnswer {
  constructor(cause: unknown) {
    super('audit-unavailable', 503, true, 'No audit record can be written, so nothing can be shown.', { cause });
  }
}
/** Reasons, searches and links stand beside the sessions; without them nobody is signed in either. */
export class SessionsUnavailable extends NoAnswer {
  constructor(cause: unknown) {
    super('sessions-unavailable', 503, true, 'The sessions can’t be reached at the moment, so nothing can be shown.', { cause });
  }
}
export class ReadModelUnavailable extends NoAnswer {
  constructor(cause: unknown) {
    super('read-model-unavailable', 503, true, 'The index can’t be read at the moment.', { cause });
  }
}

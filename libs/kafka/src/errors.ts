import { RetryableError } from '#lib/runtime';

/** What is wrong with bytes of a log, as a closed list of stable codes. */
export type UndecodableCode =
  | 'too-large'
  | 'too-short'
  | 'foreign-magic-byte'
  | 'schema-unknown'
  | 'truncated'
  | 'trailing-bytes'
  | 'invalid-utf8'
  | 'invalid-text'
  | 'invalid-value';

/** Bytes that can't be read as what they claim to be. Park them; trying again changes nothing. `expected` and `actual` hold no personal data. */
export class UndecodableError extends Error {
  readonly retriable = false;
  constructor(
    readonly code: UndecodableCode,
    readonly expected: string,
    readonly actual: string,
  ) {
    super(`expected ${expected}, found ${actual}`);
    this.name = 'UndecodableError';
  }
}

export type ContractBrokenCode =
  'wrong-record' | 'event-schema-unknown' | 'schema-unreadable' | 'field-invalid' | 'not-encodable' | 'too-large';

/** Readable, but not what the contract allows in this place. Park it; trying again changes nothing. `expected` and `actual` hold no personal data. */
export class ContractBrokenError extends Error {
  readonly retriable = false;
  constructor(
    readonly code: ContractBrokenCode,
    readonly expected: string,
    readonly actual: string,
  ) {
    super(`expected ${expected}, found ${actual}`);
    this.name = 'ContractBrokenError';
  }
}

/** The schema registry doesn't answer, or not as a registry. Wait and try again: nothing is known about the message. */
export class RegistryUnavailableError extends RetryableError {
  constructor(what: string, options?: ErrorOptions) {
    super('registry-unavailable', `schema registry: ${what}`, options);
  }
}

/** The registry answers, and does not hold (or refuses) a schema this build writes with. */
export class SchemaNotRegisteredError extends Error {
  readonly retriable = false;
  constructor(
    readonly code: 'schema-not-registered' | 'schema-incompatible',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SchemaNotRegisteredError';
  }
}

/** The log could not be reached or did not acknowledge in time. What was sent may or may not be in it: send it again, with the same event ids. */
export class LogUnavailableError extends RetryableError {
  constructor(what: string, options?: ErrorOptions) {
    super('log-unavailable', `log: ${what}`, options);
  }
}

/** A topic has another number of partitions than asked for. Adding partitions would move keys: make a new topic and rebuild. */
export class PartitionCountError extends Error {
  readonly code = 'partition-count';
  readonly retriable = false;
  constructor(topic: string, expected: number, actual: number) {
    super(
      `topic ${topic} has ${actual} partitions, the settings say ${expected}. ` +
        'Partitions are never altered, because that moves keys: set TOPIC_PARTITIONS back, or make a new topic and rebuild.',
    );
    this.name = 'PartitionCountError';
  }
}

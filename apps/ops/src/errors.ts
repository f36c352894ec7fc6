import { FAILED, GOES_ON } from './exit-codes.js';

/** A verb was typed in a way that it does not understand. */
export class WrongUseError extends Error {
  readonly code = 'wrong-use';
  readonly exitCode = FAILED;
  override readonly name = 'WrongUseError';
}

/** A database or the log that the verb needs can't be used. The text says which, and what to do. */
export class AwayError extends Error {
  readonly code = 'away';
  readonly exitCode = FAILED;
  override readonly name = 'AwayError';
}

/** What was asked for was not done, for a reason that whoever did the work has given. */
export class NotDoneError extends Error {
  readonly code = 'not-done';
  readonly exitCode = FAILED;
  override readonly name = 'NotDoneError';
}

/** What was asked for goes on, or waits, without this command. */
export class GoesOnError extends Error {
  readonly code = 'goes-on';
  readonly exitCode = GOES_ON;
  override readonly name = 'GoesOnError';
}

import { describeError } from '#lib/runtime';
import { saidOfDatabase, saidOfLog } from './away.js';
import { FAILED } from './exit-codes.js';

/** Errors whose text was written for whoever typed the command. */
const PLAIN = new Set([
  'WrongUseError',
  'AwayError',
  'NotDoneError',
  'GoesOnError',
  'SettingsError',
  'BuildUnderWayError',
  'WrongGenerationError',
  'WrongRequestError',
  'SwitchRefusedError',
  'NoLiveGenerationError',
  'PartitionsChangedError',
  'SealRefusedError',
  'SealerElsewhereError',
  'NotAnExportError',
  'NotRedactableError',
]);

/** Says in plain words, without a stack, why a verb did not do what it was asked. @returns the exit code */
export function sayFailure(error: unknown): number {
  const { type, message, code } = describeError(saidOfLog(saidOfDatabase('a database', error)));
  console.error(PLAIN.has(type) ? `✗ ${message}` : `✗ ${code ? `${type} (${code})` : type}: ${message}`);
  return (error as { exitCode?: number }).exitCode ?? FAILED;
}

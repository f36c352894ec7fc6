import { expect, test } from '@jest/globals';
import { createLogger, RetryableError } from '#lib/runtime';
import { eventually } from '../../../test/support/eventually.js';
import { Rounds } from './rounds.js';

class Passes extends RetryableError {
  constructor() {
    super('state-unavailable', 'the database is away');
  }
}

/** Rounds that fail so, each in its turn. */
function rounds(...failures: (Error | undefined)[]) {
  const halts: Error[] = [];
  const seen = { begun: 0, halts };
  const work = new Rounds({
    what: 'the work',
    logger: createLogger('matcher', 'silent'),
    onHalt: (halt) => halts.push(halt),
    round() {
      const failure = failures[seen.begun];
      seen.begun += 1;
      return failure ? Promise.reject(failure) : Promise.resolve(1);
    },
  });
  work.start();
  return { work, seen };
}

test('what passes is tried again, and the work goes on', async () => {
  const { work, seen } = rounds(new Passes());
  await eventually('it went on', () => Promise.resolve(seen.begun > 3));
  await work.stop();
  expect(seen.halts).toEqual([]);
});

test('what does not pass is handed on once, with its cause, and not tried again', async () => {
  const mistake = new Error('a mistake of ours');
  const { work, seen } = rounds(undefined, mistake);
  await eventually('it was handed on', () => Promise.resolve(seen.halts.length > 0));
  await work.stop();
  expect(seen.begun).toBe(2);
  expect(seen.halts).toEqual([expect.objectContaining({ code: 'unexpected', cause: mistake })]);
});

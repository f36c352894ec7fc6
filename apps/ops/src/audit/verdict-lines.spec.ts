import type { Verdict } from '#lib/audit';
import { verdictLines } from './verdict-lines.js';

const verdict: Verdict = {
  holds: true,
  first: null,
  findings: [],
  sealed: 3222,
  waiting: 13,
  covered: 3222,
  signedAt: Date.parse('2026-11-18T10:00:00Z'),
  unproven: false,
  foreignNotes: 0,
  later: null,
  redactedFields: 0,
  redactedEntries: 0,
  ignoredLines: 0,
};

it('Entries that a file holds unsealed, and the place holds sealed since, are not said to wait still', () => {
  const later = { exportedAt: Date.parse('2026-11-18T10:00:00Z'), entries: 13 };
  const [first, second] = verdictLines({ ...verdict, later }, { pushed: true, whole: true });
  expect(first).toBe('✓ The log is what was sealed and signed: 3222 entries, 13 more were not sealed yet when the file was made.');
  expect(second).toContain('13 more were sealed and pushed since: what was not sealed then comes first among them.');
  expect(verdictLines(verdict, { pushed: true, whole: true })[0]).toContain('3222 entries, 13 more wait to be sealed.');
});

it('A log with nothing sealed yet is said to have nothing to prove', () => {
  const none = { ...verdict, sealed: 0, covered: 0, signedAt: null };
  expect(verdictLines(none, { pushed: false, whole: true })).toEqual([
    'Nothing is sealed yet, so there is nothing to prove: 13 entries wait to be sealed.',
  ]);
});

it('A log that nothing signed proves is not said to be what was signed, and its checkpoints by another key are told', () => {
  const lines = verdictLines({ ...verdict, holds: false, unproven: true, foreignNotes: 2 }, { pushed: false, whole: true });
  expect(lines).toEqual([
    '✗ Nothing signed by this key was found to compare the 3222 sealed entries with, so nothing is proved. Is it the log’s own key?',
    '2 checkpoints of the log itself are not signed by this key: they count for nothing.',
  ]);
});

it('Without the second place it is said how many entries stand above what the log’s own checkpoints cover', () => {
  const lines = (covered: number) => verdictLines({ ...verdict, covered }, { pushed: false, whole: true });
  expect(lines(2)[1]).toContain('they cover 2 entries, 3220 stand above them unproved.');
  expect(lines(3222)[1]).not.toContain('unproved');
});

it('Of a log that holds it is said what is not proved of any entry; of one that nothing proves that is not added', () => {
  const lines = (more: Partial<Verdict>) => verdictLines({ ...verdict, ...more }, { pushed: true, whole: true }).join('\n');
  expect(lines({})).toContain('Not proved of any entry: which sink took it, and when it came from there (sink, drainedAt).');
  for (const more of [{ unproven: true }, { sealed: 0 }]) expect(lines(more)).not.toContain('Not proved of any entry');
});

it('What stands above the newest signature is not said to be what was signed', () => {
  for (const pushed of [true, false])
    expect(verdictLines({ ...verdict, covered: 2 }, { pushed, whole: true })[0]).toBe(
      '✓ The log is what was sealed and signed: 2 of 3222 sealed entries, 13 more wait to be sealed.',
    );
  // More was pushed than a file that was made before holds.
  expect(verdictLines({ ...verdict, covered: 4000 }, { pushed: true, whole: true })[0]).toContain(': 3222 entries, 13 more');
});

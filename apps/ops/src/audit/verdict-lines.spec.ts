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
  later: null,
  redactedFields: 0,
  redactedEntries: 0,
  ignoredLines: 0,
};

it('Entries that a file holds unsealed, and the place holds sealed since, are not said to wait still', () => {
  const later = { exportedAt: Date.parse('2026-11-18T10:00:00Z'), entries: 13 };
  const [first, last] = verdictLines({ ...verdict, later }, { pushed: true, whole: true });
  expect(first).toBe('✓ The log is what was sealed and signed: 3222 entries, 13 more were not sealed yet when the file was made.');
  expect(last).toContain('13 more were sealed and pushed since: what was not sealed then comes first among them.');
  expect(verdictLines(verdict, { pushed: true, whole: true })[0]).toContain('3222 entries, 13 more wait to be sealed.');
});

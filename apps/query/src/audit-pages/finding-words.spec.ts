import { type UnusualFinding, UnusualUse } from '#lib/audit';
import { findingLine } from './finding-words.js';

const finding = { reader: 'leah.morgan', role: null, team: null, person: null, day: '2026-11-09', lastAt: 1, counts: {}, decision: null };

test.each([
  ['outOfHours', '9 Nov 2026'],
  ['thinReasons', 'Week of 9 Nov 2026'],
  ['outsideCaseload', 'Week of 9 Nov 2026'],
] as const)('a finding of %s is about %s', (rule, days) => {
  expect(findingLine({ ...finding, rule } as UnusualFinding, UnusualUse.parse({})).days).toBe(days);
});

import type { FoundMismatch, LogState } from '#lib/audit';
import { foundInLog } from './found-in-log.js';
import { unmarkedWords } from './log-words.js';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const [MINUTE, DAY] = [60_000, 86_400_000];
const CHECKED: LogState = { newestAt: NOW - MINUTE, wholeAt: NOW - MINUTE, wholeEntries: 10, waiting: [], acknowledged: [] };
const edited: FoundMismatch = { id: 'a', index: 3, through: null, kind: 'edit', says: 'reader', foundAt: NOW, acknowledged: null };
const isOf = (state: Partial<LogState>) => foundInLog({ ...CHECKED, ...state }, NOW).is;
const told = (state: Partial<LogState>, index: number | null) =>
  unmarkedWords({ index }, foundInLog({ ...CHECKED, ...state }, NOW), 'No change was found');

it('a log that nobody looks at is not one in which nothing was found', () => {
  expect(isOf({})).toBe('nothing');
  const notLooked = [
    { newestAt: null },
    { newestAt: NOW - 31 * MINUTE },
    { wholeAt: null },
    { wholeAt: NOW - 21 * DAY },
    { wholeEntries: 0 },
  ];
  expect(notLooked.map(isOf)).toEqual(notLooked.map(() => 'unchecked'));
  expect(foundInLog(null, NOW).is).toBe('unknown');
});

it('where as much was found as is kept, nothing is said to be whole, also once it was looked into', () => {
  const many = Array.from({ length: 100 }, (_, index) => ({ ...edited, id: String(index), index }));
  const acknowledged = many.map((one) => ({ ...one, acknowledged: { at: NOW, by: 'ola', words: 'incident 12' } }));
  for (const state of [{ waiting: many }, { acknowledged }, { waiting: many.slice(0, 50), acknowledged: acknowledged.slice(50) }])
    expect([isOf(state), told({ ...state, wholeEntries: 1_000 }, 500)]).toEqual(['not-all-marked', 'Not known']);
  expect(isOf({ waiting: many.slice(1) })).toBe('changed');
});

it('that nothing was signed leaves a doubt, also once it was looked into', () => {
  const unsigned: FoundMismatch = { ...edited, index: null, kind: 'pushed-missing', says: 'nothing is signed' };
  const acknowledged = [{ ...unsigned, acknowledged: { at: NOW, by: 'ola', words: 'incident 12' } }];
  expect([isOf({ waiting: [unsigned] }), isOf({ acknowledged })]).toEqual(['not-signed', 'changed']);
  expect(told({ waiting: [unsigned] }, 0)).toBe('Not known');
});

it('that no change was found is said of an entry that was looked at, and of no other', () => {
  expect([0, 9, 10, null].map((index) => told({}, index))).toEqual([
    'No change was found',
    'No change was found',
    'Not known yet',
    'Not known yet',
  ]);
  expect(told({ waiting: [edited] }, 9)).toBe('No change was found');
  expect(told({ waiting: [edited], newestAt: NOW - DAY }, 9)).toBe('Not known yet');
  expect(told({ newestAt: NOW - DAY }, 9)).toBe('Not known');
  expect(told({ waiting: [edited], wholeEntries: 0 }, 0)).toBe('Not known yet');
});

import type { Unusual } from '#lib/audit';
import { judge } from './judge-rules.js';
import { madeUpUse, type Misuse } from './made-up-use.js';
import { londonMidnight, rollsOf } from './rolls.js';

const misuse = (changed: Partial<Misuse> = {}): Misuse => ({ rule: 'volume', reader: 'a', day: '2026-11-18', person: null, ...changed });
const finding = (changed: Partial<Unusual> = {}): Unusual => ({
  ...misuse(),
  role: null,
  team: null,
  firstAt: 0,
  lastAt: 0,
  counts: {},
  ...changed,
});

describe('How well rules do', () => {
  it('is how many misuses they find, and how many findings are about none', () => {
    const misuses = [misuse(), misuse({ rule: 'overrides', person: 'p' }), misuse({ rule: 'self', person: 'p' })];
    const findings = [
      finding(),
      finding({ rule: 'outOfHours' }),
      finding({ rule: 'outOfHours', reader: 'b' }),
      finding({ rule: 'refusals', day: '2026-11-19' }),
    ];
    expect(judge(findings, { misuses })).toEqual({ found: 1, missed: [misuses[1]], findings: 4, falseAlarms: 2 });
  });

  it('takes a week of thin reasons for its days', () => {
    const misuses = [misuse({ rule: 'thinReasons', day: '2026-11-16' })];
    expect(judge([finding({ rule: 'thinReasons', day: '2026-11-16' })], { misuses })).toMatchObject({ found: 1, falseAlarms: 0 });
    expect(judge([finding({ rule: 'thinReasons', day: '2026-11-09' })], { misuses })).toMatchObject({ found: 0, falseAlarms: 1 });
  });
});

describe('Made-up use', () => {
  const people = Array.from({ length: 130 }, (_, at) => ({ person: `p${at}`, subjects: [`s${at}`] }));
  const use = (seed: number) =>
    madeUpUse({ until: Date.parse('2026-11-26T00:00:00Z'), weeks: 4, seed, people, relative: { ...people[4]!, reader: 'tom.hughes' } });

  it('is the same for the same seed but for the names of requests, lies in the past, and holds one misuse of each kind', () => {
    const bare = (seed: number) => use(seed).entries.map((entry) => ({ ...entry, requestId: '' }));
    expect(bare(3)).toEqual(bare(3));
    expect(bare(3)).not.toEqual(bare(4));
    const { entries, misuses, readerDays } = use(3);
    expect(entries.every(({ at, requestId }) => at < Date.parse('2026-11-26T00:00:00Z') && requestId.startsWith('made-up-'))).toBe(true);
    expect(readerDays).toBeGreaterThan(80);
    expect(misuses.map(({ rule }) => rule).sort()).toEqual(
      ['knownPerson', 'listed', 'outOfHours', 'outsideCaseload', 'overrides', 'refusals', 'sameSurname', 'thinReasons', 'volume'].sort(),
    );
  });

  it('begins its days at midnight in London', () => {
    expect(londonMidnight(Date.parse('2026-07-15T12:00:00Z'), 0)).toBe(Date.parse('2026-07-14T23:00:00Z'));
    expect(londonMidnight(Date.parse('2026-11-18T12:00:00Z'), -1)).toBe(Date.parse('2026-11-17T00:00:00Z'));
    expect(() => rollsOf(1).of([])).toThrow('nothing to choose from');
  });
});

import { isBalanced, type PartitionTally } from '#lib/read-model';
import { type Compared, differencesIn, judgeDifferences } from './judge-differences.js';
import { behindOf, judgeBehind, judgeBuilds, judgeRequests } from './judge-generations.js';
import { judgeParked } from './judge-parked.js';
import { judgeTally } from './judge-tally.js';

const MINUTE = 60_000;
const codesOf = (alarms: { code: string }[]) => alarms.map(({ code }) => code);

describe('Parked events alarm', () => {
  const limits = { count: 10, age: 3_600, now: 100 * MINUTE };
  it.each([
    ['not when there are none', [], []],
    ['not when there are a few new ones', [{ code: 'key-missing', events: 9, oldest: 99 * MINUTE }], []],
    ['when there are as many as set', [{ code: 'key-missing', events: 10, oldest: 99 * MINUTE }], ['parked-count']],
    [
      'when that many have several reasons',
      [
        { code: 'key-missing', events: 6, oldest: 99 * MINUTE },
        { code: 'undecodable', events: 5, oldest: 99 * MINUTE },
      ],
      ['parked-count'],
    ],
    ['when a single one has waited for longer than an hour', [{ code: 'undecodable', events: 1, oldest: 39 * MINUTE }], ['parked-age']],
    ['not at exactly an hour', [{ code: 'undecodable', events: 1, oldest: 40 * MINUTE }], []],
  ])('%s', (_, parked, codes) => {
    expect(codesOf(judgeParked(parked, limits))).toEqual(codes);
  });

  it('tells how many there are of each reason, and which have waited too long, since when', () => {
    const parked = [
      { code: 'key-missing', events: 6, oldest: 39 * MINUTE },
      { code: 'undecodable', events: 5, oldest: 30 * MINUTE },
      { code: 'halted', events: 1, oldest: 99 * MINUTE },
    ];
    expect(judgeParked(parked, limits).map(({ details }) => details)).toEqual([
      { events: 12, byCode: { 'key-missing': 6, undecodable: 5, halted: 1 } },
      { codes: ['key-missing', 'undecodable'], since: 30 * MINUTE },
    ]);
  });
});

describe('The tally of a partition is balanced', () => {
  const even: PartitionTally = { topic: 'involvement-log', partition: 0, received: 7, parked: 2, uneven: 0, rowsParked: 2, passed: 7 };
  it.each([
    ['when everything passed was received, and everything parked is there', {}, true],
    ['not when a source’s day does not add up', { uneven: 1 }, false],
    ['not when a parked row is gone', { rowsParked: 1 }, false],
    ['not when an event was passed and not counted', { passed: 8 }, false],
    ['not when an event was counted twice', { received: 8 }, false],
  ])('%s', (_, change, balanced) => {
    expect(isBalanced({ ...even, ...change })).toBe(balanced);
    expect(codesOf(judgeTally([even, { ...even, ...change }]))).toEqual(balanced ? [] : ['tally-unbalanced']);
  });
});

describe('Differences are counted', () => {
  const generations = [
    { id: 1, state: 'retired' as const, foldVersion: 1 },
    { id: 2, state: 'live' as const, foldVersion: 1 },
    { id: 3, state: 'dropped' as const, foldVersion: 1 },
    { id: 4, state: 'ready' as const, foldVersion: 2 },
  ];
  const found = (generation: number, beside: number | null, differences: number, comparedAt: number): Compared => ({
    generation,
    beside,
    differences,
    comparedAt,
  });
  it.each<[string, Compared[], number | null, number]>([
    ['as none where nothing was compared', [], null, 0],
    ['when a check of the live generation found some', [found(2, null, 3, 10)], null, 3],
    ['even when a later check of other people found none', [found(2, null, 3, 10), found(2, null, 0, 20)], null, 3],
    ['no more once somebody has accepted them', [found(2, null, 3, 10)], 10, 0],
    ['anew when found after that', [found(2, null, 3, 10), found(2, null, 1, 20)], 10, 1],
    ['not of a generation that is no longer live', [found(1, null, 3, 10)], null, 0],
    ['of the last comparison with a generation that keeps up, whichever was live then', [found(1, 2, 5, 10), found(2, 1, 2, 20)], null, 2],
    ['as none when that comparison was made again and found none', [found(2, 1, 5, 10), found(2, 1, 0, 20)], null, 0],
    ['not of one that was dropped', [found(2, 3, 5, 10)], null, 0],
    ['not of one whose fold is meant to differ', [found(2, 4, 5, 10)], null, 0],
  ])('%s', (_, compared, acceptedAt, differences) => {
    expect(differencesIn(generations, compared, { acceptedAt })).toBe(differences);
    expect(judgeDifferences(differences)).toHaveLength(differences > 0 ? 1 : 0);
  });
});

describe('A generation is behind', () => {
  it.each([
    ['not at the end of the log', [{ nextOffset: 9, due: 9, end: 9 }], 0, false],
    ['not while only new events wait', [{ nextOffset: 5, due: 5, end: 9 }], 4, false],
    [
      'when an event that waits is older than tolerated',
      [
        { nextOffset: 9, due: 9, end: 9 },
        { nextOffset: 5, due: 6, end: 9 },
      ],
      4,
      true,
    ],
    ['not when it is ahead of an old look at the log', [{ nextOffset: 12, due: 9, end: 9 }], 0, false],
  ])('%s', (_, stands, events, tooOld) => {
    const behind = behindOf({ id: 1, state: 'live' }, stands);
    expect(behind).toEqual({ generation: 1, state: 'live', events, tooOld });
    expect(codesOf(judgeBehind([behind]))).toEqual(tooOld ? ['generation-behind'] : []);
  });
});

describe('A build alarms', () => {
  it.each([
    ['when it halted', 'building', 'keys-lost', 1],
    ['not while it goes on', 'building', null, 0],
    ['not when it was cancelled', 'dropped', 'keys-lost', 0],
  ] as const)('%s', (_, state, failure, alarms) => {
    expect(judgeBuilds([{ id: 2, state, stage: 'bulk', failure }])).toHaveLength(alarms);
  });
});

describe('A request alarms', () => {
  const ended = (state: string, endedAt = 10) => [{ id: 'a', verb: 'redrive', state, endedAt }];
  it.each([
    ['when the last of its verb failed', ended('failed'), null, 1],
    ['not when the last was done', ended('done'), null, 0],
    ['not when somebody has accepted it', ended('failed'), 10, 0],
    ['when another failed after that', ended('failed', 11), 10, 1],
  ])('%s', (_, last, acceptedAt, alarms) => {
    expect(judgeRequests(last, { acceptedAt })).toHaveLength(alarms);
  });
});

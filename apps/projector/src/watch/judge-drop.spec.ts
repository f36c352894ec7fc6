import type { OpenAlarm } from './alarm.js';
import { comparable, judgeDrop } from './judge-drop.js';
import { NOTHING_COUNTED, type SourceCounts } from './source-counts.js';

const SOURCE = { id: 'synergy', alarmDropShare: 0.2, alarmDropAtLeast: 20 };
const counts = (some: Partial<SourceCounts>): SourceCounts => ({ ...NOTHING_COUNTED, ...some });
const judged = (highest: Partial<SourceCounts>, now: Partial<SourceCounts>, open?: OpenAlarm) =>
  judgeDrop(SOURCE, { highest: counts(highest), now: counts(now), open });
const openFrom = (from: Partial<SourceCounts>, acceptedAt: number | null = null): OpenAlarm => ({
  code: 'source-dropped',
  source: 'synergy',
  details: { what: 'records', from, to: {} },
  since: 0,
  acceptedAt,
});

describe('A source has dropped', () => {
  it.each([
    ['when a fifth of its records is gone', { recordsHeld: 1_000 }, { recordsHeld: 800 }, 'records'],
    ['not when one less is gone', { recordsHeld: 1_000 }, { recordsHeld: 801 }, null],
    ['when it holds nothing any more', { recordsHeld: 1_000 }, { recordsHeld: 0 }, 'records'],
    ['not when it has grown', { recordsHeld: 1_000 }, { recordsHeld: 5_000 }, null],
    ['not when it is tiny: nineteen of twenty records', { recordsHeld: 20 }, { recordsHeld: 1 }, null],
    ['when it is small and twenty are gone', { recordsHeld: 20 }, { recordsHeld: 0 }, 'records'],
    [
      'when its open involvements are gone and its records are not',
      { recordsHeld: 90, openHeld: 90 },
      { recordsHeld: 90, openHeld: 60 },
      'open-involvements',
    ],
    ['when both are, and then records are told', { recordsHeld: 90, openHeld: 90 }, { recordsHeld: 60, openHeld: 60 }, 'records'],
    [
      'when the index has fewer, whatever the source claims',
      { recordsHeld: 90, recordsHere: 90 },
      { recordsHeld: 90, recordsHere: 60 },
      'records',
    ],
    ['when the index has fewer open involvements', { openHere: 90 }, { openHere: 60 }, 'open-involvements'],
    ['not when nothing was known before', {}, { recordsHeld: 5 }, null],
    ['not when nothing is known now', { recordsHeld: 1_000 }, {}, null],
  ] as const)('%s', (_, highest, now, what) => {
    expect(judged(highest, now)?.details.what ?? null).toBe(what);
  });

  it('tells what each count was and is', () => {
    expect(judged({ recordsHeld: 1_000, openHere: 400 }, { recordsHeld: 10, openHere: 399 })).toEqual({
      code: 'source-dropped',
      source: 'synergy',
      details: { what: 'records', from: { recordsHeld: 1_000 }, to: { recordsHeld: 10 } },
    });
  });

  it('still, when the day that held more is gone', () => {
    expect(judged({ recordsHeld: 100 }, { recordsHeld: 100 }, openFrom({ recordsHeld: 1_000 }))?.details).toMatchObject({
      from: { recordsHeld: 1_000 },
      to: { recordsHeld: 100 },
    });
  });

  it('not by the index’s count while its history is still arriving', () => {
    const counted = { recordsHeld: 1, openHeld: 2, recordsHere: 3, openHere: 4 };
    expect(comparable(counted, { complete: false })).toEqual({ recordsHeld: 1, openHeld: 2, recordsHere: null, openHere: null });
    expect(comparable(counted, { complete: true })).toEqual(counted);
  });

  it('no more, when it has come back or somebody has accepted it', () => {
    expect(judged({ recordsHeld: 900 }, { recordsHeld: 900 }, openFrom({ recordsHeld: 1_000 }))).toBeNull();
    expect(judged({ recordsHeld: 100 }, { recordsHeld: 100 }, openFrom({ recordsHeld: 1_000 }, 1))).toBeNull();
  });
});

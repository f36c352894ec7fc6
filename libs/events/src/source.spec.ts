import { silenceOf, Sources } from './source.js';

const NOW = Date.UTC(2026, 10, 23, 9, 0);
const minutes = (count: number) => count * 60_000;
const HALF_AN_HOUR = { silence: 1_800 };

describe('A source is late', () => {
  it.each([
    ['when it was never heard', null, null, null, true],
    ['not when it said a minute ago that it is complete', 1, 1, 1, false],
    ['not at the very end of the agreed silence', 1, 30, 30, false],
    ['a moment later', 1, 31, 31, true],
    ['when it sends, but has not said that it is complete', 1, 45, 45, true],
    ['not when it sends and never says how far it sees', 10, null, 10, false],
    ['when it stopped and never said how far it sees', 45, null, 45, true],
    ['not when its clock is ahead of ours', 1, -5, -5, false],
  ])('%s', (_, heard, complete, silent, late) => {
    const ago = (count: number | null) => (count === null ? null : NOW - minutes(count));
    const said = silenceOf(HALF_AN_HOUR, { lastHeardAt: ago(heard), completeTo: ago(complete) }, NOW);
    expect(said).toEqual({ silentFor: silent === null ? null : minutes(silent), late });
  });
});

describe('The sources of an authority', () => {
  const desk = { name: 'the desk', phone: '1', outOfHoursPhone: '2' };
  const synergy = { id: 'synergy', name: 'Synergy', service: 'school', expectedEvery: 'P1D', silence: 'PT30H', desk };

  it('alarm by default when a fifth of a source is gone, but not for a handful of records', () => {
    expect(Sources.parse([synergy])).toMatchObject([{ silence: 108_000, alarmDropShare: 0.2, alarmDropAtLeast: 20 }]);
  });

  it.each([
    ['a share of nothing', { alarmDropShare: 0 }],
    ['more than all', { alarmDropShare: 1.5 }],
    ['half a record', { alarmDropAtLeast: 0.5 }],
  ])('refuse %s', (_, change) => {
    expect(Sources.safeParse([{ ...synergy, ...change }]).success).toBe(false);
  });
});

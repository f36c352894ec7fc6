import fc from 'fast-check';
import { comparableOf, comparePair, DEFAULT_MODEL, loadMatchModel, type MatchRecord } from '#lib/matching';
import { bitsWords, waterfallOf } from './waterfall.js';

const MODEL = loadMatchModel(DEFAULT_MODEL);
const record: fc.Arbitrary<MatchRecord> = fc.record({
  subject: fc.uuid(),
  names: fc.array(
    fc.record({
      family: fc.option(fc.constantFrom('Smith', 'Smyth', 'O’Brien', 'Khan')),
      given: fc.array(fc.constantFrom('Ann', 'Anne', 'Tom', 'A'), { maxLength: 2 }),
      kind: fc.constant('current' as const),
    }),
    { maxLength: 2 },
  ),
  dateOfBirth: fc.option(fc.constantFrom({ date: '1990-02-03' }, { date: '1990-03-02' }, { date: '2010-02-03' }, { date: '1990' })),
  gender: fc.option(fc.constantFrom('female', 'male')),
  addresses: fc.array(
    fc.record({ postcode: fc.constantFrom('NB1 4QT', 'NB1 4QR', 'ZZ9 9ZZ'), uprn: fc.option(fc.constantFrom('1', '2')) }),
    {
      maxLength: 2,
    },
  ),
  identifiers: fc.array(fc.constantFrom({ type: 'nhs', value: '9434765919' }, { type: 'nhs', value: '9990000018' }), { maxLength: 1 }),
});

describe('The picture of a score', () => {
  it('adds up to the score for any two records, each bar beginning where the last has ended and all within the picture', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        const pair = comparePair(comparableOf(a), comparableOf(b), MODEL);
        const { steps, total, width, height, labels, thresholds } = waterfallOf(pair);
        expect(steps.at(-1)!.sum).toBeCloseTo(total, 9);
        expect(steps.reduce((sum, step) => sum + step.weight, 0)).toBeCloseTo(pair.weight / 1000, 9);
        for (const [at, step] of steps.entries()) {
          expect(step.sum - step.weight).toBeCloseTo(steps[at - 1]?.sum ?? 0, 9);
          expect(step.x).toBeGreaterThanOrEqual(labels);
          expect(step.x + step.width).toBeLessThanOrEqual(width);
          expect(step.y).toBeLessThan(height);
        }
        for (const { x } of thresholds) expect(x >= labels && x <= width).toBe(true);
      }),
    );
  });

  it('has a step for everything that could be compared and none for what is missing', () => {
    const one = comparableOf({ subject: 'a', names: [{ family: 'Smith', given: ['Ann'] }], addresses: [], identifiers: [] });
    const { steps } = waterfallOf(comparePair(one, { ...one, subject: 'b' }, MODEL));
    expect(steps.map(({ label, speaks }) => [label, speaks])).toEqual([
      ['Any two records', 'against'],
      ['Family name', 'for'],
      ['Given name', 'for'],
    ]);
  });

  it('says its weights with a sign', () => {
    expect([4.46, -2, 0.04, -0.04].map(bitsWords)).toEqual(['+4.5', '−2.0', '0.0', '0.0']);
  });
});

import { comparableOf, DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { Random } from '../../apps/demo/src/random.js';
import { matchAll } from './match-all.js';
import { KIN } from './kin.js';
import { type MeasuredTown, measureTown, NO_RULES } from './measure-town.js';
import { pairsOf } from './town-figures.js';
import { townRecords } from './town-records.js';

describe('A town whose truth is known', () => {
  let town: MeasuredTown;
  beforeAll(() => {
    town = measureTown('matching-town', 1000);
  });

  it('has everything that makes matching hard', () => {
    const { records } = town;
    const missing = records.filter(({ record }) => !record.dateOfBirth).length / records.length;
    expect(missing).toBeGreaterThan(0.2);
    expect(records.some(({ record }) => record.dateOfBirth?.date === '1900-01-01')).toBe(true);
    expect(records.some(({ record, person }) => record.names[0]?.given[0] === 'Unborn' && !person.unborn)).toBe(true);
    const pairs = [...Map.groupBy(records, ({ person }) => person.family).values()].flatMap(pairsOf);
    for (const [kin, are] of Object.entries(KIN)) expect([kin, pairs.filter((pair) => are(...pair)).length > 5]).toEqual([kin, true]);
  });

  it('is matched so that of 10,000 pairs of records shown as one person at most five are not', () => {
    expect(town.all.precision).toBeGreaterThanOrEqual(0.9995);
  });

  it.each(Object.entries(KIN))('never has %s joined', (_kin, are) => {
    expect(town.all.wrong.filter((pair) => are(...pair))).toEqual([]);
  });

  it('has at least 95 of 100 pairs of records of one person joined, or put before a steward', () => {
    expect(town.all.recallWithReview).toBeGreaterThanOrEqual(0.95);
  });

  it('has as many of them joined as was measured', () => {
    expect(town.all.recall).toBeGreaterThan(0.779);
  });

  it('asks no more of stewards than was measured: the target of 2 for 100 people is not met, because of dates of birth that are missing', () => {
    expect(town.all.reviewsPer100).toBeLessThan(15.8);
    expect(town.all.questionsPer100).toBeLessThan(14.4);
  });

  it('is matched as rightly by weights learnt from its records alone', () => {
    const { precision, twinsJoined, recallWithReview } = town.learnt;
    expect([precision >= 0.9995, twinsJoined, recallWithReview >= 0.95]).toEqual([true, 0, true]);
  });

  it('is joined far better than by the cross-check of the NHS', () => {
    expect(town.all.recall - town.baseline.recall).toBeGreaterThan(0.2);
  });

  it('is matched about as well whatever the sex and the names of a person, and the age of all but the youngest', () => {
    // A baby who is still unborn in one system has no name and no date of birth there: most such records are found by nobody.
    const least = (group: string) => (group === 'age under 5' ? 0.75 : 0.9);
    for (const [group, { people, precision, recallWithReview }] of town.groups)
      if (people >= 50) expect([group, precision >= 0.995, recallWithReview >= least(group)]).toEqual([group, true, true]);
  });

  it('has the same people in twenty orders of its records', () => {
    const model = loadMatchModel(DEFAULT_MODEL);
    const chance = new Random('orders');
    const comparables = townRecords('matching-town', 250).map(({ record }) => comparableOf(record));
    const { people } = matchAll(comparables, NO_RULES, model);
    for (let order = 0; order < 20; order += 1) {
      const shuffled = comparables.map((record) => [chance.next(), record] as const).sort(([a], [b]) => a - b);
      expect(
        matchAll(
          shuffled.map(([, record]) => record),
          NO_RULES,
          model,
        ).people,
      ).toEqual(people);
    }
  });
});

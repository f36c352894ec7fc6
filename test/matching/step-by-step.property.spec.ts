import fc from 'fast-check';
import { type Comparable, comparableOf, DEFAULT_MODEL, loadMatchModel, type MatchRecord, type StewardRules } from '#lib/matching';
import { matchAll } from './match-all.js';
import { StepByStep } from './step-by-step.js';

const model = loadMatchModel(DEFAULT_MODEL);
const SUBJECTS = Array.from({ length: 30 }, (_, place) => `s${String(place).padStart(2, '0')}`);
const subject = fc.constantFrom(...SUBJECTS);
/** So few values that records often share them. */
const details = fc.record<Omit<MatchRecord, 'subject'>>({
  source: fc.constantFrom('mosaic', 'synergy', 'niche'),
  sensitive: fc.boolean(),
  names: fc
    .record({
      family: fc.constantFrom('Brennan', 'Brenan', 'Okafor', null),
      given: fc.constantFrom(['Maya'], ['Maia'], ['Oliver'], ['Thomas'], ['Tom', 'Oliver'], ['Baby']),
    })
    .map((name) => [name]),
  dateOfBirth: fc.constantFrom(
    { date: '2015-03-04' },
    { date: '2015-04-03' },
    { date: '2015-03-14' },
    { date: '1984-07-02' },
    { date: '2015' },
    null,
  ),
  gender: fc.constantFrom('female', 'male', null),
  addresses: fc.constantFrom([{ postcode: 'LS1 4AP', uprn: '100' }], [{ postcode: 'LS1 4AP' }], [{ postcode: 'M1 1AE' }], []),
  identifiers: fc.constantFrom([], [], [{ type: 'nhs', value: '943 476 5919' }], [{ type: 'nhs', value: '9876543210' }]),
});
type Step = { change: string; to: Omit<MatchRecord, 'subject'> | null } | { rule: 'together' | 'apart' | 'none'; about: [string, string] };
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ change: subject, to: details }) },
  { weight: 2, arbitrary: fc.record({ change: subject, to: fc.constant(null) }) },
  { weight: 2, arbitrary: fc.record({ rule: fc.constantFrom('together', 'apart', 'none'), about: fc.tuple(subject, subject) }) },
);

/** Takes steps one after the other, and now and then asks for all people at once. @returns how often they were more than records by themselves */
function takeSteps(all: readonly Step[], every: number): number {
  const stepwise = new StepByStep(model);
  const records = new Map<string, Comparable>();
  let rules: StewardRules = { together: [], apart: [] };
  let joined = 0;
  const rule = (kind: 'together' | 'apart' | 'none', about: [string, string]) => {
    const others = (pairs: StewardRules['apart']) => pairs.filter((pair) => [...pair].sort().join() !== [...about].sort().join());
    rules = { together: others(rules.together), apart: others(rules.apart) };
    if (kind !== 'none') rules = { ...rules, [kind]: [...rules[kind], about] };
    stepwise.rule(rules, about);
  };
  for (const [place, step] of all.entries()) {
    if ('change' in step) {
      const record = step.to ? comparableOf({ ...step.to, subject: step.change }) : null;
      if (record) records.set(step.change, record);
      else records.delete(step.change);
      stepwise.change(step.change, record);
    } else {
      rule(step.rule, step.about);
      // Few rules at a time, or everything would hang together.
      for (const kind of ['together', 'apart'] as const) if (rules[kind].length > 6) rule('none', rules[kind][0] as [string, string]);
    }
    if (place % every > 0 && place < all.length - 1) continue;
    const { people } = matchAll([...records.values()], rules, model);
    expect(stepwise.people()).toEqual(people);
    if (people.some(({ length }) => length > 2)) joined += 1;
  }
  return joined;
}

describe('People that are kept step by step', () => {
  it('are those of all records at once, looked at after every twentieth of 10,000 steps: records created, changed, deleted, and rulings of stewards made and taken back', () => {
    const [all] = fc.sample(fc.array(steps, { minLength: 10_000, maxLength: 10_000 }), { numRuns: 1, seed: 11 }) as [Step[]];
    expect(takeSteps(all, 20)).toBeGreaterThan(300);
  });

  it('are so from the first record on', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 25 }), (few) => void takeSteps(few, 1)),
      { numRuns: 100, seed: 12 },
    );
  });

  it('are back where they were when a record changes and changes back, or is gone and comes again', () => {
    fc.assert(
      fc.property(fc.array(details, { minLength: 12, maxLength: 12 }), details, (list, other) => {
        const stepwise = new StepByStep(model);
        const record = (place: number, what = list[place]) =>
          comparableOf({ ...(what as Omit<MatchRecord, 'subject'>), subject: SUBJECTS[place] as string });
        list.forEach((_, place) => stepwise.change(SUBJECTS[place] as string, record(place)));
        const before = stepwise.people();
        for (const to of [record(0, other), record(0), null, record(0)]) stepwise.change(SUBJECTS[0] as string, to);
        expect(stepwise.people()).toEqual(before);
      }),
      { numRuns: 100, seed: 13 },
    );
  });
});

import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { IdentityDecision } from '#lib/events';
import { blockingKeysOf, comparableOf, comparePair, DEFAULT_MODEL, loadMatchModel, type MatchRecord } from '#lib/matching';
import { MatchStoreInMemory } from '../../../test/support/match-store-in-memory.js';
import { decideAnew, takeChanged } from './decide-anew.js';
import { pairsSharing } from './compare-anew.js';
import type { KeptDetails } from './details.js';
import { componentsOf, peopleIn } from './people.js';
import { changed, newRecord, type RecordChange, type RecordState } from './record-state.js';

type Said = Omit<MatchRecord, 'subject'>;
const MAYA: Said = { names: [{ family: 'Brennan', given: ['Maya'] }], dateOfBirth: { date: '2015-03-14' }, addresses: [{ postcode: 'LS1 4AP' }], identifiers: [{ type: 'nhs', value: '9434765919' }] }; // prettier-ignore
const named = (family: string, ...given: string[]): Said => ({ ...MAYA, names: [{ family, given }], identifiers: [] });
/** Records that are one person, may be, and must never be, by several ways: numbers, names, places, chains of what is near. */
const SAID: Said[] = [
  MAYA,
  named('Brennan', 'Maya'),
  named('Okafor', 'Maya'),
  { ...named('Brennan', 'Maya'), dateOfBirth: { date: '2015-03-15' }, addresses: [] },
  { ...named('Brennan', 'Maya'), dateOfBirth: { date: '2015-04-15' } },
  { ...named('Brennan', 'Maya'), dateOfBirth: { date: '1984-03-14' } },
  { ...named('Brennan', 'Maya'), dateOfBirth: null },
  named('Brennan', 'Mayah'),
  named('Brennan', 'Oliver'),
  { ...named('Brennan', 'Oliver'), identifiers: MAYA.identifiers },
  named('Brennan', 'Baby'),
  { ...MAYA, identifiers: [{ type: 'nhs', value: '4010232137' }] },
  { names: [], dateOfBirth: null, addresses: [], identifiers: [] },
];
const model = { ...loadMatchModel(DEFAULT_MODEL), largestComponent: 5 };
const comparable = ({ subject, sealed }: Pick<KeptDetails, 'subject' | 'sealed'>) => comparableOf({ subject, ...(JSON.parse(sealed.toString()) as Said) }); // prettier-ignore
const kept = (said: Said) => ({
  content: JSON.stringify(said),
  keys: blockingKeysOf(comparableOf({ subject: '', ...said })),
  sealed: Buffer.from(JSON.stringify(said)),
});

type Ruling = { kind: 'rule'; one: string; other: string; ruling: 'together' | 'apart' | 'none'; decision: number };
type Step = RecordChange | Ruling;

/** The matcher in memory, with the same steps as the real one. The key of `e` is destroyed from the step on that says so. */
class Memory {
  readonly store = new MatchStoreInMemory();
  readonly decisions: IdentityDecision[] = [];
  readonly rulings = new Map<string, Ruling>();
  erased = false;
  readonly comparing = {
    model,
    open: (details: readonly KeptDetails[]) => {
      const isErased = ({ subject }: KeptDetails) => this.erased && subject === 'e';
      const comparables = new Map(details.filter((one) => !isErased(one)).map((one) => [one.subject, comparable(one)]));
      return Promise.resolve({ comparables, erased: details.filter(isErased).map(({ subject }) => subject) });
    },
  };

  async take(steps: readonly Step[]): Promise<void> {
    const changes = steps.filter((step): step is RecordChange => step.kind !== 'rule');
    const after = new Map<string, RecordState>();
    for (const change of changes) {
      if (change.kind === 'erased') this.erased = true;
      const state = after.get(change.subject) ?? this.store.records.get(change.subject) ?? newRecord(change.subject);
      after.set(change.subject, changed(state, change));
    }
    const all = [...after.values()].map((record) => ({ before: this.store.records.get(record.subject), after: record }));
    const records = all.filter((record) => record.before !== record.after);
    this.decisions.push(...(await takeChanged(this.store, this.comparing, records, this.decisions.length + 1)));
    for (const step of steps) if (step.kind === 'rule') await this.rule(step);
  }

  async rule(ruling: Ruling): Promise<void> {
    const pair = [ruling.one, ruling.other].sort();
    if ((this.rulings.get(pair.join())?.decision ?? 0) >= ruling.decision) return;
    this.rulings.set(pair.join(), ruling);
    const ruled = (as: string) => [...this.rulings.values()].filter((one) => one.ruling === as).map(({ one, other }): [string, string] => [one, other]); // prettier-ignore
    this.store.rules = { together: ruled('together'), apart: ruled('apart') };
    const records = await this.store.recordsOf(pair);
    this.decisions.push(...(await decideAnew(this.store, this.comparing, records, this.decisions.length + 1)));
  }

  partition(): string[] {
    const people = Map.groupBy(this.store.records.values(), ({ person }) => person);
    return [...people.values()].map((records) => records.map(({ subject }) => subject).sort().join('+')).sort(); // prettier-ignore
  }

  /** The people among the current records, found all at once and from nothing. */
  batch(): string[] {
    const details = [...this.store.details.values()].filter(({ gone, subject }) => !gone && !(this.erased && subject === 'e'));
    const comparables = new Map(details.map((one) => [one.subject, comparable(one)]));
    const pairs = pairsSharing(details, new Set(comparables.keys())).filter(([a, b]) => comparePair(comparables.get(a)!, comparables.get(b)!, model).zone !== 'apart'); // prettier-ignore
    const components = componentsOf([...this.store.records.values()], { pairs, rules: this.store.rules });
    return peopleIn(components, comparables, model).map((members) => members.map(({ subject }) => subject).join('+')).sort(); // prettier-ignore
  }
}

const subject = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const version = fc.record({ epoch: fc.nat(1), position: fc.nat(3) });
const details = fc.constantFrom(...SAID).map(kept);
const step = (subjects: fc.Arbitrary<string>): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('details' as const), subject: subjects, version, details }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('presence' as const), subject: subjects, version, removed: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('replacement' as const), subject: subjects, version, replacedBy: subjects }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('seen' as const), subject: subjects }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('erased' as const), subject: fc.constant('e') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('rule' as const), one: subjects, other: subjects, ruling: fc.constantFrom('together', 'apart', 'none'), decision: fc.integer({ min: 1, max: 1000 }) }) }, // prettier-ignore
  );
/** What a rule or a replacement names has been seen. */
const withTargets = (steps: readonly Step[]): Step[] =>
  steps.flatMap((one): Step[] => {
    if (one.kind === 'rule') return one.one === one.other ? [] : [{ subject: one.one, kind: 'seen' }, { subject: one.other, kind: 'seen' }, one]; // prettier-ignore
    return one.kind === 'replacement' ? [one, { subject: one.replacedBy, kind: 'seen' }] : [one];
  });
/** Two rulings of one number do not occur. */
const numbered = (steps: readonly Step[]) => steps.map((one, at) => (one.kind === 'rule' ? { ...one, decision: one.decision * 100 + at } : one)); // prettier-ignore
/** One history, and the same events in another order, some of them twice, in batches of another size. */
const histories = fc
  .array(step(subject), { minLength: 1, maxLength: 30 })
  .map(numbered)
  .chain((steps) =>
    fc.record({
      steps: fc.constant(steps),
      shuffled: fc.shuffledSubarray([...steps, ...steps.slice(0, 5)], { minLength: steps.length + Math.min(5, steps.length) }),
      batch: fc.integer({ min: 1, max: 8 }),
    }),
  );

async function run(steps: readonly Step[], batch: number): Promise<Memory> {
  const memory = new Memory();
  for (let at = 0; at < steps.length; at += batch) await memory.take(withTargets(steps.slice(at, at + batch)));
  return memory;
}

test('the same events in any order, repeated and batched in any way, give the same people', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ steps, shuffled, batch }) => {
      const [one, other] = [await run(steps, 1), await run(shuffled, batch)];
      expect(other.partition()).toEqual(one.partition());
    }),
    { numRuns: 400 },
  );
});

test('deciding step by step gives the same people as deciding everything at once', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ shuffled, batch }) => {
      const memory = await run(shuffled, batch);
      expect(memory.partition()).toEqual(memory.batch());
    }),
    { numRuns: 400 },
  );
});

test('ten thousand creations, changes, removals and rulings of sixty records end as a batch does', async () => {
  const many = fc.nat(59).map((at) => `r${at}`);
  const steps = numbered(fc.sample(step(many), { numRuns: 10_000, seed: 7 }));
  const positions = new Map<string, number>();
  // Later steps are newer, so that all of them count.
  const rising = steps.map((one): Step => {
    if (!('version' in one)) return one.kind === 'erased' ? { kind: 'seen', subject: 'r0' } : one;
    const position = (positions.get(one.subject) ?? 0) + 1;
    positions.set(one.subject, position);
    return { ...one, version: { epoch: 0, position } };
  });
  const memory = new Memory();
  for (let at = 0; at < rising.length; at += 10) {
    await memory.take(withTargets(rising.slice(at, at + 10)));
    if (at % 250 === 0) expect(memory.partition()).toEqual(memory.batch());
  }
  expect(memory.partition()).toEqual(memory.batch());
}, 120_000);

test('the same events in the same order give the same decisions, number by number', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ steps, batch }) => {
      expect((await run(steps, batch)).decisions).toEqual((await run(steps, batch)).decisions);
    }),
    { numRuns: 50 },
  );
});

test('every record seen has a person, decisions are numbered without a gap, and folding them gives what the matcher holds', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ shuffled, batch }) => {
      const { store, decisions } = await run(shuffled, batch);
      expect(decisions.map(({ decision }) => decision)).toEqual(decisions.map((_, at) => at + 1));
      const folded = new Map(decisions.flatMap((one) => (one.type === 'RecordAssigned' ? [[one.subject, one.person]] : [])));
      for (const { subject, person } of store.records.values()) {
        expect(person).not.toBeNull();
        expect(folded.get(subject)).toBe(person);
      }
    }),
    { numRuns: 300 },
  );
});

test('a retired person has no record left at that moment, and its redirect leads to a person who has', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ shuffled, batch }) => {
      const { decisions } = await run(shuffled, batch);
      const people = new Map<string, string>();
      for (const one of decisions) {
        if (one.type === 'RecordAssigned') people.set(one.subject, one.person);
        if (one.type !== 'PersonRetired') continue;
        const alive = new Set(people.values());
        expect([alive.has(one.person), alive.has(one.into)]).toEqual([false, true]);
      }
    }),
    { numRuns: 300 },
  );
});

test('what is said again changes nothing: no decision follows', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ steps, batch }) => {
      const memory = await run(steps, batch);
      const before = memory.decisions.length;
      await memory.take(withTargets(steps));
      expect(memory.decisions.length).toBe(before);
    }),
  );
});

test('a record that changes and changes back, or is removed and recorded again, brings the same people back', async () => {
  const say = (of: string, said: Said, position: number): Step => ({ kind: 'details', subject: of, version: { epoch: 0, position }, details: kept(said) }); // prettier-ignore
  const present = (of: string, removed: boolean, position: number): Step => ({ kind: 'presence', subject: of, version: { epoch: 0, position }, removed }); // prettier-ignore
  const memory = await run([say('a', MAYA, 1), say('b', named('Brennan', 'Maya'), 1), say('c', named('Brennan', 'Oliver'), 1)], 1);
  const ids = () => [...memory.store.records].map(([of, { person }]) => `${of} ${person}`).sort();
  const before = ids();
  await memory.take([say('b', named('Brennan', 'Oliver'), 2)]);
  expect(memory.partition()).toEqual(['a', 'b+c']);
  await memory.take([say('b', named('Brennan', 'Maya'), 3)]);
  expect(ids()).toEqual(before);
  await memory.take([present('b', true, 4)]);
  expect(memory.partition()).toEqual(['a', 'b', 'c']);
  await memory.take([present('b', false, 5)]);
  expect(memory.partition()).toEqual(['a+b', 'c']);
});

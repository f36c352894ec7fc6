import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { IdentityDecision } from '#lib/events';
import { componentOf, type Links } from './component.js';
import { decide } from './decide.js';
import { peopleIn } from './match.js';
import { changed, newRecord, type RecordChange, type RecordState } from './record-state.js';

/** The matcher's state in memory, with the same steps as the real one. */
class Memory {
  readonly records = new Map<string, RecordState>();
  readonly decisions: IdentityDecision[] = [];

  async takeIn(changes: readonly RecordChange[]): Promise<void> {
    const after = new Map<string, RecordState>();
    for (const change of changes) {
      const state = after.get(change.subject) ?? this.records.get(change.subject) ?? newRecord(change.subject);
      after.set(change.subject, changed(state, change));
    }
    const records = [...after.values()].filter((record) => record !== this.records.get(record.subject));
    const component = await componentOf(records, (links) => Promise.resolve(this.find(links)));
    const decisions = decide(component, this.decisions.length + 1);
    for (const record of component) this.records.set(record.subject, record);
    for (const one of decisions)
      if (one.type === 'RecordAssigned')
        this.records.set(one.subject, { ...this.records.get(one.subject)!, person: one.person, reason: one.reason });
    this.decisions.push(...decisions);
  }

  private find({ subjects, matchKeys, people }: Links): RecordState[] {
    return [...this.records.values()].filter(
      (record) =>
        subjects.includes(record.subject) ||
        record.matchKeys.some((key) => matchKeys.includes(key)) ||
        people.includes(record.person ?? ''),
    );
  }

  partition(): string[] {
    const people = Map.groupBy(this.records.values(), ({ person }) => person);
    return [...people.values()].map((records) => records.map(({ subject }) => subject).sort().join('+')).sort(); // prettier-ignore
  }
}

const subject = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const version = fc.record({ epoch: fc.nat(1), position: fc.nat(2) });
const change: fc.Arbitrary<RecordChange> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('details' as const), subject, version, matchKeys: fc.uniqueArray(fc.constantFrom('k1', 'k2', 'k3'), { maxLength: 2 }).map((keys) => keys.sort()) }) }, // prettier-ignore
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('presence' as const), subject, version, removed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replacement' as const), subject, version, replacedBy: subject }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('seen' as const), subject }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erased' as const), subject: fc.constant('e') }) },
);
const withTargets = (changes: readonly RecordChange[]): RecordChange[] =>
  changes.flatMap((one): RecordChange[] => (one.kind === 'replacement' ? [one, { subject: one.replacedBy, kind: 'seen' }] : [one]));
/** One history, and the same events in another order, some of them twice, in batches of another size. */
const histories = fc.array(change, { minLength: 1, maxLength: 30 }).chain((changes) =>
  fc.record({
    changes: fc.constant(changes),
    shuffled: fc.shuffledSubarray([...changes, ...changes.slice(0, 5)], { minLength: changes.length + Math.min(5, changes.length) }),
    batch: fc.integer({ min: 1, max: 8 }),
  }),
);

async function run(changes: readonly RecordChange[], batch: number): Promise<Memory> {
  const memory = new Memory();
  for (let at = 0; at < changes.length; at += batch) await memory.takeIn(withTargets(changes.slice(at, at + batch)));
  return memory;
}

test('the same events in any order, repeated and batched in any way, give the same people', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ changes, shuffled, batch }) => {
      const [one, other] = [await run(changes, 1), await run(shuffled, batch)];
      expect(other.partition()).toEqual(one.partition());
    }),
    { numRuns: 500 },
  );
});

test('deciding step by step gives the same people as deciding everything at once', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ shuffled, batch }) => {
      const memory = await run(shuffled, batch);
      const atOnce = peopleIn([...memory.records.values()]).map((members) => members.map((member) => member.subject).join('+'));
      expect(memory.partition()).toEqual(atOnce.sort());
    }),
    { numRuns: 500 },
  );
});

test('every record seen has a person, decisions are numbered without a gap, and folding them gives what the matcher holds', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ shuffled, batch }) => {
      const { records, decisions } = await run(shuffled, batch);
      expect(decisions.map(({ decision }) => decision)).toEqual(decisions.map((_, at) => at + 1));
      const folded = new Map(decisions.flatMap((one) => (one.type === 'RecordAssigned' ? [[one.subject, one.person]] : [])));
      for (const { subject, person } of records.values()) {
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
    fc.asyncProperty(histories, async ({ changes, batch }) => {
      const memory = await run(changes, batch);
      const before = memory.decisions.length;
      await memory.takeIn(withTargets(changes));
      expect(memory.decisions.length).toBe(before);
    }),
  );
});

import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { MatchStoreInMemory } from '../../../test/support/match-store-in-memory.js';
import { kept, MAYA, named, numbered, risingSteps, type Said, type Step, stepOf, subjectOf, withTargets } from '../../../test/support/match-steps.js'; // prettier-ignore
import { MatcherBySteps, USUAL_SETTINGS } from '../../../test/support/matcher-by-steps.js';
import { PEOPLE_HARD_TO_MATCH } from '../../../test/support/people-hard-to-match.js';
import { changesOf, type OpenedEvent } from './changes-of.js';

function matcher(): MatcherBySteps {
  const store = new MatchStoreInMemory();
  return new MatcherBySteps(store, (ruling) => store.keepRuling(ruling));
}

/** One history, and the same events in another order, some of them twice, in batches of another size. */
const histories = fc
  .array(stepOf(7), { minLength: 1, maxLength: 30 })
  .map(numbered)
  .chain((steps) =>
    fc.record({
      steps: fc.constant(steps),
      shuffled: fc.shuffledSubarray([...steps, ...steps.slice(0, 5)], { minLength: steps.length + Math.min(5, steps.length) }),
      batch: fc.integer({ min: 1, max: 8 }),
    }),
  );

async function run(steps: readonly Step[], batch: number): Promise<MatcherBySteps> {
  const memory = matcher();
  for (let at = 0; at < steps.length; at += batch) await memory.take(withTargets(steps.slice(at, at + batch)));
  return memory;
}

test('the same events in any order, repeated and batched in any way, give the same people', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ steps, shuffled, batch }) => {
      const [one, other] = [await run(steps, 1), await run(shuffled, batch)];
      expect(await other.people()).toEqual(await one.people());
    }),
    { numRuns: 400 },
  );
});

test('deciding step by step gives the same people as deciding everything at once', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ shuffled, batch }) => {
      const memory = await run(shuffled, batch);
      expect(await memory.people()).toEqual(await memory.peopleAtOnce());
    }),
    { numRuns: 400 },
  );
});

/** Whether anybody is three records or more by their details alone; and whether any records are too many alike. */
async function lookOf(memory: MatcherBySteps): Promise<{ joined: boolean; tooMany: boolean }> {
  const records = await memory.records();
  const matched = Map.groupBy(records.filter(({ reason }) => reason === 'matched'), ({ person }) => person); // prettier-ignore
  return {
    joined: [...matched.values()].some(({ length }) => length > 2),
    tooMany: records.some(({ reason }) => reason === 'too-many-alike'),
  };
}

test.each([
  { by: 'the usual model', settings: DEFAULT_MODEL, seed: 7, joined: 0.7, tooMany: 0 },
  { by: 'one to which six alike are too many', settings: USUAL_SETTINGS, seed: 8, joined: 0.3, tooMany: 0.3 },
])(
  'ten thousand creations, changes, removals and rulings of sixty records end as a batch does, by $by',
  async ({ settings, seed, ...least }) => {
    const rising = risingSteps(60, 10_000, seed);
    const memory = matcher();
    memory.model = loadMatchModel(settings);
    const looks: Awaited<ReturnType<typeof lookOf>>[] = [];
    for (let at = 0; at < rising.length; at += 10) {
      await memory.take(withTargets(rising.slice(at, at + 10)));
      if (at % 250 !== 0) continue;
      expect(await memory.people()).toEqual(await memory.peopleAtOnce());
      looks.push(await lookOf(memory));
    }
    expect(await memory.people()).toEqual(await memory.peopleAtOnce());
    // Or it would prove nothing: where nobody is joined, or all that hangs together is too much, every order ends alike.
    const share = (of: 'joined' | 'tooMany') => looks.filter((look) => look[of]).length / looks.length;
    expect(share('joined')).toBeGreaterThan(least.joined);
    expect(share('tooMany')).toBeGreaterThanOrEqual(least.tooMany);
  },
  120_000,
);

const recordOf = ({ source, recordId }: OpenedEvent) => `${source} ${recordId}`;

test('the people who are hard to match come out right in twenty orders of what is told of them', async () => {
  const lists = Object.values(PEOPLE_HARD_TO_MATCH).map((events) => events.map((event) => event as OpenedEvent));
  const subjects = new Map([...new Set(lists.flat().map(recordOf))].map((record, number) => [record, subjectOf(number)]));
  const expected = lists.map((events) => [...new Set(events.map((event) => subjects.get(recordOf(event))!))].sort().join('+')).sort(); // prettier-ignore
  const orders = fc.sample(fc.tuple(fc.shuffledSubarray(lists.flat(), { minLength: lists.flat().length }), fc.integer({ min: 1, max: 8 })), { numRuns: 20, seed: 5 }); // prettier-ignore
  for (const [order, batch] of orders) {
    const memory = matcher();
    for (let at = 0; at < order.length; at += batch)
      await memory.take(order.slice(at, at + batch).flatMap((event) => changesOf(subjects.get(recordOf(event))!, event, kept)));
    expect(await memory.people()).toEqual(expected);
  }
});

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
      const memory = await run(shuffled, batch);
      const { decisions } = memory;
      expect(decisions.map(({ decision }) => decision)).toEqual(decisions.map((_, at) => at + 1));
      const folded = new Map(decisions.flatMap((one) => (one.type === 'RecordAssigned' ? [[one.subject, one.person]] : [])));
      for (const { subject, person } of await memory.records()) {
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
  const [a, b, c] = [subjectOf(1), subjectOf(2), subjectOf(3)];
  const say = (subject: string, said: Said, position: number): Step => ({ kind: 'details', subject, version: { epoch: 0, position }, details: kept(said) }); // prettier-ignore
  const present = (subject: string, removed: boolean, position: number): Step => ({ kind: 'presence', subject, version: { epoch: 0, position }, removed }); // prettier-ignore
  const memory = await run([say(a, MAYA, 1), say(b, named('Brennan', 'Maya'), 1), say(c, named('Brennan', 'Oliver'), 1)], 1);
  const ids = async () => (await memory.records()).map(({ subject, person }) => `${subject} ${person}`).sort();
  const before = await ids();
  await memory.take([say(b, named('Brennan', 'Oliver'), 2)]);
  expect(await memory.people()).toEqual([a, `${b}+${c}`]);
  await memory.take([say(b, named('Brennan', 'Maya'), 3)]);
  expect(await ids()).toEqual(before);
  await memory.take([present(b, true, 4)]);
  expect(await memory.people()).toEqual([a, b, c]);
  await memory.take([present(b, false, 5)]);
  expect(await memory.people()).toEqual([`${a}+${b}`, c]);
});

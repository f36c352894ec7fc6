import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { MatchStoreInMemory } from '../../../test/support/match-store-in-memory.js';
import { kept, MAYA, named, numbered, risingSteps, type Said, type Step, stepOf, subjectOf, withTargets } from '../../../test/support/match-steps.js'; // prettier-ignore
import { MatcherBySteps } from '../../../test/support/matcher-by-steps.js';

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

test('ten thousand creations, changes, removals and rulings of sixty records end as a batch does', async () => {
  const rising = risingSteps(60, 10_000, 7);
  const memory = matcher();
  for (let at = 0; at < rising.length; at += 10) {
    await memory.take(withTargets(rising.slice(at, at + 10)));
    if (at % 250 === 0) expect(await memory.people()).toEqual(await memory.peopleAtOnce());
  }
  expect(await memory.people()).toEqual(await memory.peopleAtOnce());
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

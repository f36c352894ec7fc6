import { expect, test } from '@jest/globals';
import { SourceEvent } from '#lib/events';
import { blockingKeysOf, comparableOf, comparePair, DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { makeTown } from '../apps/demo/src/town.js';
import { worthLookingUp } from '../apps/demo/src/worth-looking-up.js';
import { pairsSharing } from '../apps/matcher/src/compare-anew.js';
import { componentsOf, peopleIn } from '../apps/matcher/src/people.js';

const WITH_CARE = ['cis', 'childview', 'niche'];
const model = loadMatchModel(DEFAULT_MODEL);
const town = makeTown({ seed: 'northbridge', today: '2026-11-23' });

/** What the sources record last of each person, as the matcher's people, by the record's name. */
function matchedTown(): Map<string, number> {
  const recorded = [...town.history].flatMap(([source, events]) => events.filter(({ type }) => type === 'PersonRecorded').map((event) => SourceEvent.parse({ ...event, source }))); // prettier-ignore
  const comparables = new Map(
    recorded.flatMap((event) => {
      if (event.type !== 'PersonRecorded') return [];
      const subject = `${event.source} ${event.recordId}`;
      return [[subject, comparableOf({ ...event, subject, sensitive: WITH_CARE.includes(event.source) })]];
    }),
  );
  const kept = [...comparables].map(([subject, comparable]) => ({ subject, keys: blockingKeysOf(comparable) }));
  const pairs = pairsSharing(kept, new Set(comparables.keys())).filter(([one, other]) => comparePair(comparables.get(one)!, comparables.get(other)!, model).zone !== 'apart'); // prettier-ignore
  const records = [...comparables.keys()].map((subject) => ({ subject, gone: false, replacedBy: null, replacement: { epoch: -1, position: 0 } })); // prettier-ignore
  const people = peopleIn(componentsOf(records, { pairs, rules: { together: [], apart: [] } }), comparables, model);
  return new Map(people.flatMap((members, person) => members.map(({ subject }) => [subject, person])));
}

const people = matchedTown();
const recordsOf = (id: string) => town.records.filter(({ person }) => person.id === id);
const matchedAs = (id: string) => new Set(recordsOf(id).map(({ source, recordId }) => people.get(`${source} ${recordId}`)));

test('a mother of whom five services of the made-up town have a record is one person, and so is her child', () => {
  const { person: child } = worthLookingUp(town).find(({ why }) => why.includes('have a record of the mother'))!;
  const mother = child.mother!;
  expect(new Set(recordsOf(mother.id).map(({ source }) => source)).size).toBeGreaterThanOrEqual(5);
  expect(matchedAs(mother.id).size).toBe(1);
  expect(matchedAs(child.id).size).toBe(1);
  expect([...matchedAs(mother.id)]).not.toEqual([...matchedAs(child.id)]);
});

test('hardly anybody of the made-up town is taken for somebody else', () => {
  const holders = Map.groupBy(town.records, ({ source, recordId }) => people.get(`${source} ${recordId}`));
  const mixed = [...holders.values()].filter((records) => new Set(records.map(({ person }) => person.id)).size > 1);
  expect(mixed.length).toBeLessThanOrEqual(1);
});

import type { PersonRetired, RecordAssigned } from '#lib/events';
import { compareAnew, type Comparing } from './compare-anew.js';
import { componentOf } from './component.js';
import { decide } from './decide.js';
import type { MatchStore } from './match-store.js';
import { comparedIn, componentsOf, type Member, peopleIn } from './people.js';
import { changed, comparesAnew, type RecordState } from './record-state.js';

/** A record as it was, where it was known, and as it is. */
export interface ChangedRecord {
  before: RecordState | undefined;
  after: RecordState;
}

type Decision = RecordAssigned | PersonRetired;

/** Takes changed records into the state: their details, their pairs, and, from scratch, the people of the components they left or are in. */
export async function takeChanged(
  store: MatchStore,
  comparing: Comparing,
  records: readonly ChangedRecord[],
  next: number,
): Promise<Decision[]> {
  if (records.length === 0) return [];
  const anew = records.filter(({ before, after }) => comparesAnew(before, after)).map(({ after }) => after);
  await store.keepDetails(anew);
  const { left, erased } = await compareAnew(store, comparing, anew.map(({ subject }) => subject)); // prettier-ignore
  const seeds = new Map([...(await store.recordsOf(left)), ...records.map(({ after }) => after)].map((one) => [one.subject, one]));
  await erase(store, seeds, erased);
  return decideAnew(store, comparing, [...seeds.values()], next);
}

/** Decides the components of these records again, from scratch, and keeps what follows. */
export async function decideAnew(
  store: MatchStore,
  comparing: Comparing,
  records: readonly RecordState[],
  next: number,
): Promise<Decision[]> {
  const seeds = new Map(records.map((record) => [record.subject, record]));
  for (;;) {
    const component = await componentOf([...seeds.values()], (links) => store.linked(links));
    const { people, erased } = await peopleAmong(store, comparing, component);
    if (erased.length === 0) {
      const decisions = decide(component, people, next, comparing.model.version);
      await store.writeRecords(decided(component, seeds, decisions));
      return decisions;
    }
    await erase(store, seeds, erased);
  }
}

async function peopleAmong(
  store: MatchStore,
  { open, model }: Comparing,
  records: readonly RecordState[],
): Promise<{ people: Member[][]; erased: string[] }> {
  const subjects = records.map(({ subject }) => subject);
  const components = componentsOf(records, { pairs: await store.pairsAmong(subjects), rules: await store.rulesAmong(subjects) });
  const toCompare = comparedIn(components, model);
  const { comparables, erased } = await open(toCompare.length === 0 ? [] : await store.detailsOf(toCompare));
  return { people: erased.length > 0 ? [] : peopleIn(components, comparables, model), erased };
}

/** Takes in that the keys of these records are gone: they, and whoever they had a pair with, are to be decided. */
async function erase(store: MatchStore, seeds: Map<string, RecordState>, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  const known = await store.recordsOf(subjects.filter((subject) => !seeds.has(subject)));
  for (const record of known) seeds.set(record.subject, record);
  const erased = subjects.map((subject) => changed(seeds.get(subject)!, { subject, kind: 'erased' }));
  for (const record of erased) seeds.set(record.subject, record);
  await store.keepDetails(erased);
  const left = (await store.dropPairs(subjects)).filter((subject) => !seeds.has(subject));
  for (const record of await store.recordsOf(left)) seeds.set(record.subject, record);
}

/** The records that have to be written: those that changed, and those that a decision is about. */
function decided(
  component: readonly RecordState[],
  seeds: ReadonlyMap<string, RecordState>,
  decisions: readonly Decision[],
): RecordState[] {
  const assigned = new Map(decisions.flatMap((one) => (one.type === 'RecordAssigned' ? [[one.subject, one]] : [])));
  return component
    .filter(({ subject, waiting }) => seeds.has(subject) || waiting !== null || assigned.has(subject))
    .map((record) => {
      const { person, reason, decision } = assigned.get(record.subject) ?? record;
      return { ...record, person, reason, decision, waiting: null };
    });
}

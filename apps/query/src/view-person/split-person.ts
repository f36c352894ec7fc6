import { z } from 'zod';
import type { Look } from '../audited-query.js';
import { londonDay } from '../day-words.js';
import { listedInOrder } from '../search-people/listed-apart.js';
import { listedPerson } from '../search-people/listed-person.js';
import type { Snapshot } from '../snapshot.js';
import { type KnownPerson, mayBeShown } from './known-person.js';
import { type Around, readAround } from './read-around.js';

/** Somebody who has records now that were once another's. `words`: "WILLIAMS, Tommy, born 12 May 2012 (Mosaic 249012)". */
const PartOfPerson = z.object({ person: z.guid(), words: z.string() }).meta({ id: 'PartOfPerson' });

/** Who was split from a person, in alphabetical order. */
export const SplitPerson = z
  .object({
    people: z.array(PartOfPerson),
    /** How many there are besides. */
    more: z.int(),
  })
  .meta({ id: 'SplitPerson' });
export type SplitPerson = z.output<typeof SplitPerson>;

/** That records were here which are somebody else's now: whoever noted something by them may mean that other person. */
export const WasSplit = z
  .object({
    /** The day of the newest decision: `2026-11-21`. */
    on: z.string(),
    /** Nobody is named child first. */
    ...SplitPerson.shape,
  })
  .meta({ id: 'WasSplit' });
export type WasSplit = z.output<typeof WasSplit>;

/** So many are named. */
const NAMED = 10;
/** For so long a page says so. An id that is not used any more tells of it always. */
const SAID_FOR_MS = 365 * 86_400_000;

export interface Part {
  known: KnownPerson;
  /** Milliseconds since 1970. */
  decidedAt: number;
}

/**
 * Who has a record now that was once that person's, where both they and this record may be shown to the reader. A record that may not be shown tells of
 * nobody: else it would tell that it was there. Nor does whom the reader has said to know.
 */
export function partsOf({ people, elsewhere }: Pick<Around, 'people' | 'elsewhere'>, person: string): Part[] {
  const parts = new Map<string, Part>();
  for (const { subject, decidedAt } of elsewhere) {
    const known = people.byId.get(people.personOf(subject) ?? '');
    if (!mayBeShown(known) || known.knownToReader || known.person === person) continue;
    if (!known.records.some((record) => record.subject === people.ends.get(subject))) continue;
    parts.set(known.person, { known, decidedAt: Math.max(decidedAt, parts.get(known.person)?.decidedAt ?? decidedAt) });
  }
  return [...parts.values()];
}

/** Names them, and keeps for the audit log which records that was read from. */
export function named(snapshot: Snapshot, parts: readonly Part[]): SplitPerson {
  const listed = parts.map(({ known }) => ({ ...listedPerson(known, snapshot), subjects: known.subjects }));
  const people = listedInOrder(listed).slice(0, NAMED);
  for (const { person, subjects } of people) snapshot.madeOf(person, subjects);
  return { people: people.map(({ person, words }) => ({ person, words })), more: parts.length - people.length };
}

/** What the page of a person says of it; null: nothing was parted from them lately. @param anybody may be named: else it is only said that it was somebody */
export async function wasSplitOf(snapshot: Snapshot, { person }: KnownPerson, anybody: boolean): Promise<WasSplit | null> {
  const parts = partsOf(await readAround(snapshot, person), person).filter(({ decidedAt }) => decidedAt > snapshot.now - SAID_FOR_MS);
  if (parts.length === 0) return null;
  const on = londonDay(Math.max(...parts.map(({ decidedAt }) => decidedAt)));
  return { on, ...(anybody ? named(snapshot, parts) : { people: [], more: 0 }) };
}

/** One record for everybody named. */
export const splitLooks = (of: string | null, { people }: Pick<SplitPerson, 'people'>): Look[] =>
  people.map(({ person }) => ({ action: 'shown-in-results', person, found: true, shown: { page: 'split', of } }));

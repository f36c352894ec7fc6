import { normalisePostcode } from '#lib/matching';
import { z } from 'zod';
import { silentSources } from '../authority.js';
import { londonDay } from '../day-words.js';
import { listedApart } from '../search-people/listed-apart.js';
import { listedPerson } from '../search-people/listed-person.js';
import type { Snapshot, Statement } from '../snapshot.js';
import { saidOf } from '../view-person/addresses-said.js';
import { Death } from '../view-person/birth.js';
import { addressesOf, addressShown, nameAndBirthOf } from '../view-person/identity-of.js';
import { type KnownPerson, mayBeShown } from '../view-person/known-person.js';
import { mayBeSame } from '../view-person/may-be-same.js';
import { readPeopleOfRecords } from '../view-person/read-people.js';
import { isSamePlace, type ShownAddress, wordsOf } from '../view-person/shown-addresses.js';

/** Who is recorded at an address, by which source and since when: never that they live together. */
export const RecordedAt = z
  .object({
    /** "4 Mill Row, NB4 2QT" */
    words: z.string(),
    /** The family first. `said`: "from Mosaic and Synergy, since 3 Sep 2026". `possibleDuplicateOf`: those of the family whom they may be: "WILLIAMS, Tommy, born 12 May 2012 (Mosaic 249012)". */
    people: z.array(
      z.object({
        person: z.guid(),
        title: z.string(),
        ...Death.shape,
        said: z.string(),
        ofFamily: z.boolean(),
        possibleDuplicateOf: z.array(z.string()),
      }),
    ),
    /** Whether others than the family are listed: child first they are not looked for; where very many are recorded, none is. */
    others: z.enum(['listed', 'too-many', 'not-looked-for']),
  })
  .meta({ id: 'RecordedAt' });
export type RecordedAt = z.output<typeof RecordedAt>;

/** More records with one postcode than any household or street has: a hostel, or a placeholder. */
const MOST_RECORDS = 200;

/** At the first one's current address; null where none is held. Addresses that must not be shown count for nobody. */
export async function readRecordedAt(snapshot: Snapshot, family: readonly KnownPerson[], withOthers: boolean): Promise<RecordedAt | null> {
  const home = addressesOf(family[0]!, snapshot.authority, snapshot.now).current;
  if (home === null) return null;
  const others = withOthers ? await readOthersNear(snapshot, home, family) : 'not-looked-for';
  const found = typeof others === 'string' ? [] : others;
  const named = listedApart(family.map((known) => ({ ...listedPerson(known, snapshot), known })));
  return {
    words: wordsOf(home),
    people: [
      ...family.flatMap((person) => recordedThere(person, home, snapshot)),
      ...found.flatMap((person) => recordedThere(person, home, snapshot, named)),
    ],
    others: typeof others === 'string' ? others : 'listed',
  };
}

/** Of others than the family, those recorded there today. Where somebody lives whom the reader has said to know is not told. @param family given where it is another: whom they may be, and the words for each */
function recordedThere(
  known: KnownPerson,
  home: ShownAddress,
  snapshot: Snapshot,
  family?: readonly { known: KnownPerson; words: string }[],
): RecordedAt['people'] {
  if (known.knownToReader) return [];
  const { authority, now } = snapshot;
  const ofFamily = family === undefined;
  const today = londonDay(now);
  const here = addressesOf(known, authority, now).all.filter(
    (address) => isSamePlace(address, home) && (ofFamily || (address.kind !== 'previous' && (address.to === null || address.to >= today))),
  );
  if (here.length === 0) return [];
  if (!ofFamily) snapshot.madeOf(known.person, known.subjects);
  const { person, title, deceasedOn, diedWords } = nameAndBirthOf(known, authority, now);
  const said = saidOf(
    here.map((address) => addressShown(address, authority)),
    today,
  );
  const same = family?.filter((one) => mayBeSame(one.known, known, authority)) ?? [];
  const possibleDuplicateOf = same.map(({ words }) => words);
  return [{ person, title, deceasedOn, diedWords, said, ofFamily, possibleDuplicateOf }];
}

/** Everybody else of whom a record has the same postcode. */
async function readOthersNear(
  snapshot: Snapshot,
  { postcode }: ShownAddress,
  family: readonly KnownPerson[],
): Promise<KnownPerson[] | 'too-many' | 'not-looked-for'> {
  const key = normalisePostcode(postcode ?? '');
  if (key === '') return 'not-looked-for';
  const read = await snapshot.rows<{ subject: string }>(NEAR, [[`p:${key}`], silentSources(snapshot.authority), MOST_RECORDS + 1]);
  if (read.length > MOST_RECORDS) return 'too-many';
  const people = await readPeopleOfRecords(
    snapshot,
    read.map(({ subject }) => subject),
  );
  const known = new Set(family.map(({ person }) => person));
  return [...people.byId.values()].filter((person) => mayBeShown(person) && !known.has(person.person));
}

const NEAR: Statement = {
  name: 'records-near',
  text: `
    SELECT subject FROM record
    WHERE search_keys && $1::text[] AND present AND restriction = 'none' AND NOT source = ANY ($2::text[])
    ORDER BY subject LIMIT $3`,
};

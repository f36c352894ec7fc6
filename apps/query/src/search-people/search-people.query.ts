import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { whyMatched } from '#lib/matching';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { hasDeclared } from '../policy/known-to.js';
import { type Snapshot, snapshotOf, type Statement } from '../snapshot.js';
import { addressesOf } from '../view-person/identity-of.js';
import { type KnownPeople, type KnownPerson, mayBeShown } from '../view-person/known-person.js';
import { readPeople } from '../view-person/read-people.js';
import { listedApart } from './listed-apart.js';
import { ListedPerson, listedPerson, youngestFirst } from './listed-person.js';
import { possibleDuplicates } from './possible-duplicates.js';
import { type MatchesInOrder, readInEitherOrder } from './either-order.js';
import { confirmsMore, MOST_SHOWN, type SearchTerms } from './search-terms.js';

export const FoundPerson = ListedPerson.extend({
  /** "name, date of birth", "full name: Thomas", "former name: …", "similar family name", "postcode of another address", "names the other way round", "case ID" */
  whyMatched: z.string(),
  /** Others in this list who may be the same person: "WILLIAMS, Tommy, born 12 May 2012 (Mosaic 249012)". No id of whom the reader has said to know: their page is closed. */
  possibleDuplicateOf: z.array(z.object({ person: z.guid().nullable(), words: z.string() })),
}).meta({ id: 'FoundPerson' });

/** At most `MOST_SHOWN` people, youngest first. */
export const SearchResults = z
  .object({
    people: z.array(FoundPerson),
    /** How many people match in all, counted up to 50. */
    total: z.number(),
    /** There may be more: of a common name, not everybody is counted. */
    atLeast: z.boolean(),
    /** "Add a date of birth, a year or a postcode": when there are more than are shown. */
    narrowWords: z.string().nullable(),
    /** "People you have said that you know are found by name alone.": to a reader who has said so of anybody, whoever is found. */
    knownWords: z.string().nullable(),
  })
  .meta({ id: 'SearchResults' });
export type SearchResults = z.output<typeof SearchResults>;

/** Who in the index answers to what was typed? */
export class SearchPeople extends AuditedQuery<SearchResults> {
  readonly data = 'search';
  readonly person = undefined;
  /** @param leadsOn whether a case ID of one person leads straight to them, and whether nobody is listed in any case */
  constructor(
    readonly terms: SearchTerms,
    private readonly leadsOn: 'never' | 'to-one' | 'always' = 'never',
  ) {
    super();
  }

  /** To whom the answer leads without showing anything of them; null: to nobody. */
  ledTo({ people: [first, ...others] }: SearchResults): string | null {
    return this.leadsOn !== 'never' && 'caseId' in this.terms && first !== undefined && others.length === 0 ? first.person : null;
  }

  looks(result: SearchResults | null): Look[] {
    const { total, atLeast } = result ?? { total: 0, atLeast: false };
    const shown = { total, ...(atLeast && { atLeast }) };
    const searched: Look = { action: 'searched', person: null, found: total > 0, terms: { ...this.terms }, shown };
    const led = result && this.ledTo(result);
    if (led !== null) return [searched, { action: 'led-to-person', person: led, found: true }];
    const listed = this.leadsOn === 'always' ? [] : (result?.people ?? []);
    return [searched, ...listed.map(({ person }): Look => ({ action: 'shown-in-results', person, found: true }))];
  }
}

@QueryHandler(SearchPeople)
export class SearchPeopleHandler implements IQueryHandler<SearchPeople> {
  async execute(query: SearchPeople): Promise<SearchResults> {
    const snapshot = snapshotOf(query);
    const [matches, [declared]] = await Promise.all([
      readInEitherOrder(snapshot, query.terms),
      snapshot.rows<{ any: boolean }>(HAS_DECLARED, [snapshot.reader.id]),
    ]);
    const { persons, total, atLeast } = matches;
    const known = await readPeople(snapshot, persons);
    const alsoKnown = !confirmsMore(query.terms);
    const found = new Set(persons.map((person) => shownInstead(known, person, alsoKnown)).filter((person) => person !== null));
    const people = [...found].map((person) => foundPerson(known.byId.get(person)!, matches, snapshot)).toSorted(youngestFirst);
    const duplicates = possibleDuplicates(
      people.map(({ person }) => known.byId.get(person)!),
      snapshot.authority,
    );
    // Said at both: a reader may see one of the two alone.
    const areDuplicates = (one: string, other: string) => duplicates.get(one)!.includes(other) || duplicates.get(other)!.includes(one);
    const opens = (person: string) => (known.byId.get(person)!.knownToReader ? null : person);
    for (const person of found) snapshot.madeOf(person, known.byId.get(person)!.subjects);
    const listed = listedApart(people);
    const left = total - persons.length + people.length;
    return {
      people: people.map((one) => ({
        ...one,
        possibleDuplicateOf: listed
          .filter(({ person }) => areDuplicates(one.person, person))
          .map(({ person, words }) => ({ person: opens(person), words })),
      })),
      total: left,
      atLeast,
      narrowWords: left > MOST_SHOWN ? 'Add a date of birth, a year or a postcode' : null,
      knownWords: declared!.any ? 'People you have said that you know are found by name alone.' : null,
    };
  }
}

const HAS_DECLARED: Statement = { name: 'has-declared', text: `SELECT ${hasDeclared('$1')} AS any` };

/** A record replaced by another person's is found under that person; whoever may not be seen is nobody. @param alsoKnown whom the reader has said to know too */
function shownInstead({ byId, movedTo }: KnownPeople, person: string, alsoKnown: boolean): string | null {
  const there = mayBeShown(byId.get(person)) ? person : (movedTo.get(person) ?? person);
  const shown = byId.get(there);
  return byId.get(person)?.restricted || !mayBeShown(shown) || (shown.knownToReader && !alsoKnown) ? null : there;
}

type Found = Omit<SearchResults['people'][number], 'possibleDuplicateOf'>;

function foundPerson(person: KnownPerson, { terms, turned }: MatchesInOrder, snapshot: Snapshot): Found {
  const listed = listedPerson(person, snapshot);
  const { all, current } = addressesOf(person, snapshot.authority, snapshot.now);
  const told = {
    listedAs: listed,
    names: person.records.flatMap((record) => record.names),
    listedDate: listed.birth?.date ?? null,
    dates: person.records.flatMap(({ birth }) => birth?.date ?? []),
    listedPostcode: current?.postcode ?? null,
    postcodes: all.flatMap(({ postcode }) => postcode ?? []),
  };
  return { ...listed, whyMatched: whyMatched(terms, told, turned) };
}

import { z } from 'zod';
import type { Snapshot } from '../snapshot.js';
import { Birth } from '../view-person/birth.js';
import { addressesOf, believedFirst, caseIdsOf, nameAndBirthOf } from '../view-person/identity-of.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { wordsOf } from '../view-person/shown-addresses.js';

/** A person in a list: enough to tell them from another. */
export const ListedPerson = z.object({
  person: z.guid(),
  /** "WILLIAMS, Tommy" */
  title: z.string(),
  family: z.string().nullable(),
  given: z.array(z.string()),
  birth: Birth.nullable(),
  /** "4 Mill Row, NB4 2QT"; null: none that can be shown. */
  address: z.string().nullable(),
  /** The address, "Address not held", or why it is not shown. */
  addressWords: z.string(),
  caseIds: z.array(z.string()),
  /** "Mosaic 249012", "Not found in Mosaic", or why it is not shown */
  caseIdWords: z.string(),
});
export type ListedPerson = z.output<typeof ListedPerson>;

/** Of somebody the reader has said to know, only who they are. */
const KNOWN = 'Not shown: you have said that you know this person';

export function listedPerson(person: KnownPerson, { authority, now }: Snapshot): ListedPerson {
  const who = nameAndBirthOf(person, authority, now);
  if (person.knownToReader) return { ...who, address: null, addressWords: KNOWN, caseIds: [], caseIdWords: KNOWN };
  const { current } = addressesOf(person, authority, now);
  const address = current && wordsOf(current);
  return { ...who, address, addressWords: address ?? 'Address not held', ...caseIdsOf(believedFirst(person, authority), authority) };
}

/** "WILLIAMS, Tommy (Mosaic 249012)" */
export const listedAs = ({ title, caseIdWords }: Pick<ListedPerson, 'title' | 'caseIdWords'>): string => `${title} (${caseIdWords})`;

export const youngestFirst = (a: ListedPerson, b: ListedPerson) =>
  (b.birth?.date ?? '').localeCompare(a.birth?.date ?? '') || a.title.localeCompare(b.title, 'en-GB') || a.person.localeCompare(b.person);

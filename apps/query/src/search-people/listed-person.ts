import { z } from 'zod';
import type { Snapshot } from '../snapshot.js';
import { Birth } from '../view-person/birth.js';
import { addressesOf, believedFirst, caseIdsOf, nameAndBirthOf } from '../view-person/identity-of.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { wordsOf } from '../view-person/shown-addresses.js';

/** A person in a list: enough to tell them from another. */
export const ListedPerson = z.object({
  person: z.uuid(),
  /** "WILLIAMS, Tommy" */
  title: z.string(),
  family: z.string().nullable(),
  given: z.array(z.string()),
  birth: Birth.nullable(),
  /** "4 Mill Row, NB4 2QT"; null: "Address not held". */
  address: z.string().nullable(),
  caseIds: z.array(z.string()),
  /** "Mosaic 249012" or "Not found in Mosaic" */
  caseIdWords: z.string(),
});
export type ListedPerson = z.output<typeof ListedPerson>;

export function listedPerson(person: KnownPerson, { authority, now }: Snapshot): ListedPerson {
  const { current } = addressesOf(person, authority, now);
  return {
    ...nameAndBirthOf(person, authority, now),
    address: current && wordsOf(current),
    ...caseIdsOf(believedFirst(person, authority), authority),
  };
}

/** "WILLIAMS, Tommy (Mosaic 249012)" */
export const listedAs = ({ title, caseIdWords }: Pick<ListedPerson, 'title' | 'caseIdWords'>): string => `${title} (${caseIdWords})`;

export const youngestFirst = (a: ListedPerson, b: ListedPerson) =>
  (b.birth?.date ?? '').localeCompare(a.birth?.date ?? '') || a.title.localeCompare(b.title, 'en-GB') || a.person.localeCompare(b.person);

import { z } from 'zod';
import { londonDay } from '../day-words.js';
import type { Snapshot } from '../snapshot.js';
import { Birth } from '../view-person/birth.js';
import { believedFirst, caseIdsOf, nameAndBirthOf } from '../view-person/identity-of.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { currentAddressOf, shownAddressesOf, wordsOf } from '../view-person/shown-addresses.js';

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
  const records = believedFirst(person, authority);
  const address = currentAddressOf(shownAddressesOf(records), londonDay(now));
  return { ...nameAndBirthOf(person, authority, now), address: address && wordsOf(address), ...caseIdsOf(records, authority) };
}

export const youngestFirst = (a: ListedPerson, b: ListedPerson) =>
  (b.birth?.date ?? '').localeCompare(a.birth?.date ?? '') || a.title.localeCompare(b.title, 'en-GB') || a.person.localeCompare(b.person);

import { z } from 'zod';
import type { Snapshot } from '../snapshot.js';
import { dayWords } from '../day-words.js';
import { Birth, Death } from '../view-person/birth.js';
import { addressesOf, believedFirst, caseIdsOf, nameAndBirthOf } from '../view-person/identity-of.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { NO_ADDRESS, wordsOf } from '../view-person/shown-addresses.js';

/** A person in a list: enough to tell them from another. */
export const ListedPerson = z.object({
  person: z.guid(),
  /** "WILLIAMS, Tommy" */
  title: z.string(),
  family: z.string().nullable(),
  given: z.array(z.string()),
  birth: Birth.nullable(),
  ...Death.shape,
  /** "4 Mill Row, NB4 2QT"; null: none that can be shown. */
  address: z.string().nullable(),
  /** The address, "No address to show", or that the reader has said to know them. */
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
  return { ...who, address, addressWords: address ?? NO_ADDRESS, ...caseIdsOf(believedFirst(person, authority), authority) };
}

type Named = Pick<ListedPerson, 'title' | 'birth' | 'deceasedOn' | 'caseIdWords'>;

/** "WILLIAMS, Tommy, born 12 May 2012 (Mosaic 249012)": a name that several have tells of nobody. */
export const listedAs = ({ title, birth, deceasedOn, caseIdWords }: Named): string =>
  `${title}, ${bornWords(birth)}${deceasedOn === null ? '' : `, died ${dayWords(deceasedOn)}`} (${caseIdWords})`;

function bornWords(birth: Birth | null): string {
  if (birth === null) return 'date of birth not known';
  return birth.precision === 'expected' ? birth.words : `born ${birth.words}`;
}

export const youngestFirst = (a: ListedPerson, b: ListedPerson) =>
  (b.birth?.date ?? '').localeCompare(a.birth?.date ?? '') || a.title.localeCompare(b.title, 'en-GB') || a.person.localeCompare(b.person);

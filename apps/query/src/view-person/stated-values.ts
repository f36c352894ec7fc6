import type { Authority } from '../authority.js';
import { dayWords } from '../day-words.js';
import { asSeen } from '../unseen-signs.js';
import { writtenAlike } from './addresses-said.js';
import { ageDay } from './age.js';
import { addressesOf, believedFirst, birthOf, titleOf } from './identity-of.js';
import type { KnownPerson } from './known-person.js';
import { wordsOf } from './shown-addresses.js';
import type { StoredRecord } from './stored-record.js';

export const VALUE_KINDS = {
  name: 'Name',
  'date-of-birth': 'Date of birth',
  'date-of-death': 'Date of death',
  address: 'Address',
} as const;
export type ValueKind = keyof typeof VALUE_KINDS;

/** A value as the identity shows it. */
export interface Value {
  kind: ValueKind;
  /** "WILLIAMS, Tommy", "12 May 2012", "4 Mill Row, NB4 2QT" */
  words: string;
}

/** With the records that state it. */
export interface StatedValue extends Value {
  records: StoredRecord[];
}

/**
 * Names, dates of birth and death, and addresses of a person by the rules of the identity (`identityOf`), each with those of the records that may be told of which state it. A date that
 * none of these states is left out, though it may be shown: nobody could be asked of it.
 */
export function statedValuesOf(person: KnownPerson, authority: Authority, now: number): StatedValue[] {
  const records = believedFirst(person, authority);
  const stated = [
    ...records.flatMap((record) => record.names.map(({ family, given }) => ['name', titleOf(family, given), record] as const)),
    ...records.flatMap((record) => {
      const birth = birthOf(record, ageDay(now, null));
      return birth === null ? [] : [['date-of-birth', birth.words, record] as const];
    }),
    ...records.flatMap((record) => (record.deceasedOn === null ? [] : [['date-of-death', dayWords(record.deceasedOn), record] as const])),
    ...addressesOf(person, authority, now).all.map((address) => ['address', wordsOf(address), address.record] as const),
  ];
  const groups = Map.groupBy(stated, ([kind, words]) => keyOf({ kind, words }));
  return [...groups.values()].map((same) => {
    const [kind, words] = same[0]!;
    return { kind, words, records: [...new Set(same.map(([, , record]) => record))] };
  });
}

/** The same value among these; undefined: it is not stated any more, or may not be told. */
export const sameValue = (values: readonly StatedValue[], value: Value): StatedValue | undefined =>
  values.find((one) => keyOf(one) === keyOf(value));

/** Signs that nobody sees do not tell two values apart: a page may leave them out. */
const keyOf = ({ kind, words }: Value) => `${kind} ${kind === 'address' ? writtenAlike(words) : asSeen(words)}`;

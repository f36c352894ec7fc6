import { normaliseName, validNhsNumber } from '#lib/matching';
import type { KnownPerson } from '../view-person/known-person.js';

/**
 * Whom each person may be a duplicate of, among those listed with them: matching kept them apart, but they have an NHS number in common, or a
 * name and a whole date of birth. Who is listed first is nobody's duplicate.
 */
export function possibleDuplicates(people: readonly KnownPerson[]): Map<string, string[]> {
  const keys = new Map(people.map((person) => [person.person, keysOf(person)]));
  return new Map(
    people.map(({ person }, at) => {
      const mine = keys.get(person)!;
      const before = people.slice(0, at).filter((other) => [...keys.get(other.person)!].some((key) => mine.has(key)));
      return [person, before.map((other) => other.person)];
    }),
  );
}

/** What two records of one person would have in common. */
function keysOf({ records }: KnownPerson): Set<string> {
  const numbers = records.flatMap(({ identifiers }) =>
    identifiers.flatMap(({ type, value }) => (type === 'nhs' ? (validNhsNumber(value) ?? []) : [])),
  );
  const births = records.flatMap(({ birth }) => (birth?.precision === 'day' ? [birth.date] : []));
  const names = records
    .flatMap((record) => record.names)
    .map(({ family, given }) => normaliseName(`${given.join(' ')} ${family ?? ''}`).join(' '));
  return new Set([...numbers, ...births.flatMap((birth) => names.map((name) => `${birth} ${name}`))]);
}

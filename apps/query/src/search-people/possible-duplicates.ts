import type { Authority } from '../authority.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { mayBeSame } from '../view-person/may-be-same.js';

/** Whom each person may be a duplicate of, among those listed before them. Who is listed first is nobody's duplicate. */
export const possibleDuplicates = (people: readonly KnownPerson[], authority: Authority): Map<string, string[]> =>
  new Map(
    people.map((person, at) => [
      person.person,
      people.slice(0, at).flatMap((before) => (mayBeSame(before, person, authority) ? [before.person] : [])),
    ]),
  );

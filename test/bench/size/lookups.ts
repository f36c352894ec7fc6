import type { PersonToRead } from '../people-to-read.js';

/** What is typed to find somebody, as `POST /v1/searches` takes it. */
export type Typed = Record<string, string>;

/** The ways people are searched for, each as typed for one person; null where this person can't be searched for so. */
export const SEARCHES: Record<string, (person: PersonToRead) => Typed | null> = {
  'exact name': (person) => nameOf(person),
  'similar name': (person) => {
    const name = nameOf(person);
    return name && { ...name, familyName: misspelt(name.familyName!) };
  },
  'name and postcode': (person) => {
    const name = nameOf(person);
    return name && person.postcode ? { ...name, postcode: person.postcode } : null;
  },
};

/** The commonest family name with the commonest given name: the search with the most answers. */
export const worstOf = (people: readonly PersonToRead[]): Typed => ({
  familyName: commonest(people.map((person) => nameOf(person)?.familyName)),
  givenName: commonest(people.map((person) => nameOf(person)?.givenName)),
});

/** One word each, so that every way of searching is by two groups of keys. */
function nameOf({ names: [name] }: PersonToRead): Typed | null {
  const [family, given] = [name?.family ?? '', name?.given[0] ?? ''];
  return /^\p{L}+$/u.test(family) && /^\p{L}+$/u.test(given) ? { familyName: family, givenName: given } : null;
}

/** As heard on the telephone: a doubled letter single, a single one doubled. */
function misspelt(family: string): string {
  const single = family.replace(/(.)\1/i, '$1');
  return single === family ? family.replace(/([lnrst])(?=[^lnrst]|$)/, '$1$1') : single;
}

function commonest(words: readonly (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0])[0];
}

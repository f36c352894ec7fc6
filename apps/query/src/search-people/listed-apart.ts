import { listedAs, type ListedPerson } from './listed-person.js';

type Named = Parameters<typeof listedAs>[0] & Pick<ListedPerson, 'person' | 'address'>;

/** One by themself, where nobody stands beside them to be told apart from: with the address that a search shows, where one may be shown. */
export const listedInFull = (one: Named): string => (one.address === null ? listedAs(one) : `${listedAs(one)}, ${one.address}`);

/**
 * Several people as links of one list, in its order: those who would have the same words are told apart by what a search shows besides, the address; and where
 * that is the same, or none can be shown, by a number alone: "…, 1 of 2". It goes by their ids: in whatever order they are listed, each has the same.
 */
export function listedApart<One extends Named>(people: readonly One[]): (One & { words: string })[] {
  const short = people.map((one) => ({ ...one, words: listedAs(one) }));
  const full = short.map((one) => (sameAs(one, short).length > 1 ? { ...one, words: listedInFull(one) } : one));
  return full.map((one) => {
    const same = sameAs(one, full);
    const place = same.filter(({ person }) => person <= one.person).length;
    return same.length > 1 ? { ...one, words: `${one.words}, ${place} of ${same.length}` } : one;
  });
}

/** In alphabetical order. */
export const listedInOrder = <One extends Named>(people: readonly One[]): (One & { words: string })[] =>
  listedApart(
    people.toSorted(
      (a, b) =>
        listedAs(a).localeCompare(listedAs(b), 'en-GB') ||
        (a.address ?? '').localeCompare(b.address ?? '', 'en-GB') ||
        (a.person < b.person ? -1 : 1),
    ),
  );

const sameAs = <One extends { words: string }>({ words }: One, people: readonly One[]): One[] =>
  people.filter((other) => other.words === words);

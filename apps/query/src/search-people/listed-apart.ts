import { listedAs, type ListedPerson } from './listed-person.js';

type Named = Parameters<typeof listedAs>[0] & Pick<ListedPerson, 'person' | 'address'>;

/**
 * Several people as links of one list, in its order: those who would have the same words are told apart by what a search shows besides, the address; and where
 * that is the same, or none can be shown, by a number alone: "…, 1 of 2".
 */
export function listedApart<One extends Named>(people: readonly One[]): (One & { words: string })[] {
  const short = counted(people.map(listedAs));
  const full = counted(
    people.map((one, at) => (short.of(at) > 1 && one.address !== null ? `${listedAs(one)}, ${one.address}` : short.words[at]!)),
  );
  return people.map((one, at) => ({
    ...one,
    words: full.of(at) > 1 ? `${full.words[at]}, ${full.place(at)} of ${full.of(at)}` : full.words[at]!,
  }));
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

const counted = (words: readonly string[]) => ({
  words,
  of: (at: number) => words.filter((other) => other === words[at]).length,
  place: (at: number) => words.slice(0, at + 1).filter((other) => other === words[at]).length,
});

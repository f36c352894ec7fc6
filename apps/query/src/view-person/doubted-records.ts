import type { KnownPerson } from './known-person.js';
import type { StoredDoubt, StoredRecord } from './stored-record.js';

/** A doubt that counts, about one of a person's records: the one that now speaks for the record that was doubted. */
export interface DoubtOf extends StoredDoubt {
  subject: string;
  source: string;
}

type Parted = Pick<KnownPerson, 'records' | 'doubted' | 'doubts' | 'ownDoubts' | 'subjects' | 'withheld'>;

/**
 * Without the records that readers have doubted to be this person's, where the doubt hides. It goes by the record and whatever replaced it, wherever it
 * stands beside others: alone, it is nobody's wrong match. One that stewards have settled as another person's counts until the records are parted.
 * @param rows the complete group of records @param ends of each, the record its facts belong to
 */
export function apartByDoubt(
  person: Parted & Pick<KnownPerson, 'removed'>,
  rows: readonly StoredRecord[],
  ends: ReadonlyMap<string, string>,
): Parted {
  const together = new Set([...person.subjects, ...person.removed]);
  const counts = ({ open, apartFrom }: StoredDoubt) => open || apartFrom.some((other) => together.has(other));
  const doubts = person.records.flatMap(({ subject, source }) =>
    rows
      .filter((row) => ends.get(row.subject) === subject)
      .flatMap((row) => row.doubts.filter(counts).map((doubt) => ({ ...doubt, subject, source }))),
  );
  const ownDoubts = doubts.filter(({ own, open }) => own && open);
  const hidden = new Set(doubts.filter(({ hides }) => hides).map(({ subject }) => subject));
  const records = person.records.filter(({ subject }) => !hidden.has(subject));
  if (records.length === 0) return { ...person, doubts: [], ownDoubts };
  const isWithheld = (subject: string) => hidden.has(ends.get(subject) ?? '');
  return {
    records,
    doubted: person.records.filter(({ subject }) => hidden.has(subject)),
    doubts: person.records.length > 1 ? doubts : [],
    ownDoubts,
    subjects: person.subjects.filter((subject) => !isWithheld(subject)),
    withheld: person.subjects.filter(isWithheld),
  };
}

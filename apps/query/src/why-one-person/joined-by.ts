/** Why the matcher has put a record with its person, as `RecordAssigned` says it, in words for a reader. */
const REASONS: Record<string, string> = {
  matched: 'Matched by its details.',
  'kept-together': 'A data steward has decided that it is of this person.',
  'record-of-its-own': 'Not matched with any other record.',
  'replaced-by-its-source': 'Its source has put it in the place of another record.',
  'too-many-alike': 'Too many records are alike to tell them apart by their details: only what stewards decided counts.',
};

/** @param shown how many records of the person the reader sees: of a single one, why would tell that there are others */
export const joinedBy = (reason: string | null, shown: number): string =>
  shown === 1 ? 'No other record is shown as this person.' : (REASONS[reason ?? ''] ?? 'Why is not on record.');

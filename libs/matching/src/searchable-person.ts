/** What search needs to know of a record's person: a part of `PersonRecorded`, stated here so that this lib depends on nothing. */
export interface SearchablePerson {
  /** The source's own id of the person: a case number, a pupil number. */
  recordId: string;
  names: readonly RecordedName[];
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, as precise as the source knows it. */
  dateOfBirth?: { date: string } | null;
  addresses: readonly { postcode?: string | null; kind?: string; confidential?: boolean }[];
  identifiers: readonly { type: string; value: string }[];
}

export interface RecordedName {
  family?: string | null;
  given: readonly string[];
  /** `current`, `former` or `alias`. */
  kind?: string;
}

/** What a reader typed into the search form; empty and absent are one. */
export interface TypedSearch {
  caseId?: string;
  familyName?: string;
  givenName?: string;
  /** `YYYY-MM-DD`. */
  dateOfBirth?: string;
  /** `YYYY`. */
  year?: string;
  postcode?: string;
}

import type { PersonRecorded } from '#lib/events';
import { comparableOf, type MatchRecord } from '#lib/matching';
import { openText, sealText, type SubjectKey } from '#lib/sealing';
import type { MatchKeys } from './match-keys.js';

/** What a record is compared by, as the state keeps it: nothing in it can be read without the record's data key or the deployment's secret. */
export interface Details {
  /** Keyed digest of all of it: equal where nothing that counts has changed. */
  content: string;
  /** Keyed digests, sorted; two records are compared when they share one. */
  keys: readonly string[];
  sealed: Buffer;
}

/** Details as they are kept, beside whose they are. */
export interface KeptDetails extends Details {
  subject: string;
}

/** @param sensitive whether the record is of a service that asks for more before a join */
export function detailsOf(key: SubjectKey, event: PersonRecorded, sensitive: boolean, matchKeys: MatchKeys): Details {
  const record = countingPart(event, sensitive);
  const text = JSON.stringify(record);
  return {
    content: matchKeys.contentOf(text),
    keys: matchKeys.of(comparableOf({ subject: key.subject, ...record })),
    sealed: sealText(key, text),
  };
}

/** @throws SealBrokenError */
export function openDetails(key: SubjectKey, sealed: Buffer): MatchRecord {
  return { subject: key.subject, ...(JSON.parse(openText(key, sealed)) as Omit<MatchRecord, 'subject'>) };
}

/** The part of what a source records that matching looks at; always written in one order. */
function countingPart({ names, dateOfBirth, gender, addresses, identifiers, flags }: PersonRecorded, sensitive: boolean) {
  return {
    sensitive,
    names: flags.includes('name-placeholder') ? [] : names.map(({ family, given, kind }) => ({ family, given, kind })),
    dateOfBirth: dateOfBirth && { date: dateOfBirth.date, precision: dateOfBirth.precision, estimated: flags.includes('date-of-birth-estimated') }, // prettier-ignore
    gender,
    addresses: addresses.map(({ postcode, uprn, kind, confidential }) => ({ postcode, uprn, kind, confidential })),
    identifiers: identifiers.map(({ type, value }) => ({ type, value })),
  } satisfies Omit<MatchRecord, 'subject'>;
}

import type { PersonRecorded } from '#lib/events';
import { type Comparable, comparableFrom, comparableOf, ESTIMATED, type MatchRecord, textOfComparable } from '#lib/matching';
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
  const comparable = comparableOf({ subject: key.subject, ...countingPart(event, sensitive) });
  const text = textOfComparable(comparable);
  return { content: matchKeys.contentOf(text), keys: matchKeys.of(comparable), sealed: sealText(key, text) };
}

/** Ready to be compared: a record is kept once, and opened with every record that it shares a key with. @throws SealBrokenError */
export function openDetails(key: SubjectKey, sealed: Buffer): Comparable {
  return comparableFrom(key.subject, openText(key, sealed));
}

/** The part of what a source records that matching looks at. */
function countingPart({ source, names, dateOfBirth, gender, addresses, identifiers, flags }: PersonRecorded, sensitive: boolean) {
  return {
    source,
    sensitive,
    names: flags.includes('name-placeholder') ? [] : names,
    dateOfBirth: dateOfBirth && { ...dateOfBirth, estimated: flags.includes(ESTIMATED) },
    gender,
    addresses,
    identifiers,
  } satisfies Omit<MatchRecord, 'subject'>;
}

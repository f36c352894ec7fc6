import { usableDate, type BirthDate } from './birth-date.js';
import { normaliseName } from './normalise-name.js';
import { validNhsNumber } from './nhs-number.js';
import { isConfidential, openPostcodesOf } from './open-postcodes.js';
import type { RecordedName } from './searchable-person.js';
import { validUpn } from './upn.js';

/** What the matcher needs to know of a record: a part of `PersonRecorded`, beside its subject token and whose it is. */
export interface MatchRecord {
  /** The record's subject token. */
  subject: string;
  /** Who keeps it: two that one source keeps are seldom one person. */
  source?: string;
  /** Held by a service that asks for more before a join (police, youth offending, adult social care). */
  sensitive?: boolean;
  names: readonly RecordedName[];
  dateOfBirth?: { date: string; precision?: string; estimated?: boolean } | null;
  /** `female` or `male` are compared; anything else is nothing. */
  gender?: string | null;
  addresses: readonly { postcode?: string | null; uprn?: string | null; kind?: string; confidential?: boolean }[];
  identifiers: readonly { type: string; value: string }[];
}

/** A name as it is compared: its family words joined and apart, its given words. */
export interface ComparableName {
  family: string;
  familyWords: readonly string[];
  given: readonly string[];
}

/** A record made ready once, compared often. Lists are sorted and unique, so that the order a source states them in changes nothing. */
export interface Comparable {
  subject: string;
  source: string | null;
  sensitive: boolean;
  names: readonly ComparableName[];
  born: BirthDate | null;
  gender: 'female' | 'male' | null;
  postcodes: readonly string[];
  uprns: readonly string[];
  nhs: readonly string[];
  upn: readonly string[];
}

/** Words that stand where a name is not known. */
const PLACEHOLDERS = new Set(
  'baby infant unborn unknown unnamed notknown nk na none test anon anonymous child boy girl twin male female mr mrs miss ms tbc tba'.split(
    ' ',
  ),
);

/**
 * A record made ready for comparing. Placeholders, default dates, identifiers with a wrong check digit and confidential addresses are
 * nothing.
 */
export function comparableOf(record: MatchRecord): Comparable {
  const valid = (type: string, check: (value: string) => string | null) =>
    sorted(record.identifiers.filter((identifier) => identifier.type === type).map(({ value }) => check(value)));
  const open = record.addresses.filter((address) => !isConfidential(address));
  const hidden = new Set(record.addresses.filter(isConfidential).map(({ uprn }) => uprn));
  return {
    subject: record.subject,
    source: record.source || null,
    sensitive: record.sensitive === true,
    names: namesOf(record.names),
    born: record.dateOfBirth ? usableDate(record.dateOfBirth) : null,
    gender: record.gender === 'female' || record.gender === 'male' ? record.gender : null,
    postcodes: sorted(openPostcodesOf(record)),
    uprns: sorted(open.map(({ uprn }) => (hidden.has(uprn) ? null : (uprn?.trim().replace(/^0+/, '') ?? null)))),
    nhs: valid('nhs', validNhsNumber),
    upn: valid('upn', validUpn),
  };
}

function namesOf(names: readonly RecordedName[]): ComparableName[] {
  const byText = new Map<string, ComparableName>();
  for (const name of names) {
    const familyWords = wordsOf(name.family ? [name.family] : []);
    const given = wordsOf(name.given);
    if (familyWords.length + given.length > 0)
      byText.set(JSON.stringify([familyWords, given]), { family: familyWords.join(''), familyWords, given });
  }
  return [...byText.keys()].sort().map((key) => byText.get(key) as ComparableName);
}

const wordsOf = (values: readonly string[]) => values.flatMap(normaliseName).filter((word) => !PLACEHOLDERS.has(word));

const sorted = (values: readonly (string | null)[]) => [...new Set(values.filter((value): value is string => Boolean(value)))].sort();

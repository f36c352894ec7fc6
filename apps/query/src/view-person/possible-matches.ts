import { normalisePostcode, searchTermsOf, validNhsNumber } from '#lib/matching';
import type { Snapshot, Statement } from '../snapshot.js';
import type { KnownPerson } from './known-person.js';
import type { PersonIdentity } from './person-identity.js';
import { shownAddressesOf } from './shown-addresses.js';
import type { StoredRecord } from './stored-record.js';

/** A name and a whole date of birth, neither a placeholder nor an estimate: enough to look somebody up with. */
export const isWellIdentified = ({ records }: Pick<KnownPerson, 'records'>): boolean =>
  records.some(({ names, flags }) => names.length > 0 && !flags.includes('name-placeholder')) &&
  records.some(({ birth, flags }) => birth?.precision === 'day' && !flags.includes('date-of-birth-estimated'));

/**
 * The sources with a record that may well be this person's although the matcher gave it to nobody or to somebody else: the same NHS number, or
 * alike in name with the same date of birth (or none). While there is one, "nothing found" would be said of a place that holds something.
 */
export async function readPossibleMatches(snapshot: Snapshot, person: KnownPerson, { birth }: PersonIdentity): Promise<string[]> {
  if (birth?.precision !== 'day') return [];
  const numbers = nhsNumbersOf(person.records);
  const alike = await snapshot.rows<Pick<StoredRecord, 'source' | 'identifiers'>>(ALIKE, [
    person.subjects,
    numbers.map((number) => `i:nhs:${number}`),
    ...likenessOf(person.records),
  ]);
  const another = (theirs: string[]) => numbers.length > 0 && theirs.length > 0 && !theirs.some((number) => numbers.includes(number));
  return [...new Set(alike.filter((record) => !another(nhsNumbersOf([record]))).map(({ source }) => source))];
}

const nhsNumbersOf = (records: readonly Pick<StoredRecord, 'identifiers'>[]): string[] =>
  records
    .flatMap(({ identifiers }) => identifiers.filter(({ type }) => type === 'nhs').map(({ value }) => validNhsNumber(value)))
    .filter((number) => number !== null);

/** Keys of the person's family names, given names, whole dates of birth and postcodes, spelled or sounded. */
function likenessOf(records: readonly StoredRecord[]): [family: string[], given: string[], dates: string[], postcodes: string[]] {
  const names = records.flatMap((record) => record.names);
  const keysOf = (typed: Parameters<typeof searchTermsOf>[0]) => searchTermsOf(typed).all.flat();
  const births = records.map(({ birth }) => birth).filter((birth) => birth?.precision === 'day');
  const postcodes = shownAddressesOf(records).map(({ postcode }) => normalisePostcode(postcode ?? ''));
  return [
    names.flatMap(({ family, given }) => keysOf({ familyName: family ?? given.join(' ') })),
    names.flatMap(({ family, given }) => keysOf({ givenName: given.length > 0 ? given.join(' ') : (family ?? '') })),
    births.flatMap((birth) => keysOf({ dateOfBirth: birth!.date })),
    postcodes.filter((postcode) => postcode !== '').map((postcode) => `p:${postcode}`),
  ];
}

const LIKE_THESE = `
      SELECT subject, source, identifiers, replaced_by, search_keys FROM record
      WHERE NOT subject = ANY ($1::uuid[]) AND present AND restriction = 'none' AND`;

/**
 * Three ways to be alike, each looked up by its rarest keys alone and only then compared: asked for at once, the index would merge the long
 * lists of common names (measured at 40,000 records: 4 ms so, 0.4 ms apart).
 * A restricted person is not even a possibility: they must look like somebody absent. A record replaced by one that is not described yet still
 * speaks for itself.
 */
const ALIKE: Statement = {
  name: 'records-alike',
  text: `
    WITH numbered AS MATERIALIZED (${LIKE_THESE} search_keys && $2::text[]),
    dated AS MATERIALIZED (${LIKE_THESE} search_keys && $5::text[]),
    undated AS MATERIALIZED (${LIKE_THESE} search_keys && $4::text[] AND search_keys && $3::text[] AND date_of_birth IS NULL),
    alike AS (
      SELECT * FROM numbered
      UNION ALL SELECT * FROM dated WHERE search_keys && $4::text[] AND (search_keys && $3::text[] OR search_keys && $6::text[])
      UNION ALL SELECT * FROM undated)
    SELECT r.source, r.identifiers
    FROM alike r LEFT JOIN record_person rp ON rp.subject = r.subject
    WHERE NOT EXISTS (SELECT FROM record n WHERE n.subject = r.replaced_by AND n.details_epoch >= 0)
      AND NOT EXISTS (SELECT FROM record_person mate JOIN record m ON m.subject = mate.subject
                      WHERE mate.person = rp.person AND m.restriction <> 'none')
      AND NOT EXISTS (SELECT FROM decided.restricted d LEFT JOIN record_person mate ON mate.subject = d.subject
                      WHERE d.subject = r.subject OR mate.person = rp.person)`,
};

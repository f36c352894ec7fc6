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

/** A day that stands for "not known" in many records, and so is nothing rare to look by. */
const isCommonDay = (key: string): boolean => key.endsWith('-01-01');

/** What makes a record like the person's, as keys of it, spelled or sounded: in the order of the statement's values. */
function likenessOf(records: readonly StoredRecord[]): string[][] {
  const names = records.flatMap((record) => record.names);
  const keysOf = (typed: Parameters<typeof searchTermsOf>[0]) => searchTermsOf(typed).all.flat();
  const family = names.flatMap(({ family, given }) => keysOf({ familyName: family ?? given.join(' ') }));
  const given = names.flatMap(({ family, given }) => keysOf({ givenName: given.length > 0 ? given.join(' ') : (family ?? '') }));
  const births = records.map(({ birth }) => birth).filter((birth) => birth?.precision === 'day');
  const dates = births.flatMap((birth) => keysOf({ dateOfBirth: birth!.date }));
  const days = dates.filter((key) => key.length === 'd:2012-05-12'.length);
  const postcodes = shownAddressesOf(records).map(({ postcode }) => normalisePostcode(postcode ?? ''));
  const places = postcodes.filter((postcode) => postcode !== '').map((postcode) => `p:${postcode}`);
  const rareDays = days.filter((key) => !isCommonDay(key));
  const parts = dates.filter((key) => !days.includes(key));
  return [family, given, [...family, ...places], rareDays, days.filter(isCommonDay), parts].map((keys) => [...new Set(keys)]);
}

const LIKE_THESE = `
      SELECT subject, source, identifiers, replaced_by, date_of_birth, search_keys FROM record
      WHERE NOT subject = ANY ($1::uuid[]) AND present AND restriction = 'none' AND`;
const NUMBERED = `identifiers @> '[{"type": "nhs"}]'`;

/** A restricted person is not even a possibility: they must look like somebody absent. A record replaced by one that is not described yet still speaks for itself. */
const COUNTS = `
      NOT EXISTS (SELECT FROM record n WHERE n.subject = r.replaced_by AND n.details_epoch >= 0)
      AND NOT EXISTS (SELECT FROM record_person rp JOIN record_person mate ON mate.person = rp.person JOIN record m ON m.subject = mate.subject
                      WHERE rp.subject = r.subject AND m.restriction <> 'none')
      AND NOT EXISTS (SELECT FROM decided.restricted d LEFT JOIN record_person mate ON mate.subject = d.subject
                      WHERE d.subject = r.subject OR mate.person = (SELECT person FROM record_person WHERE subject = r.subject))`;

/**
 * Ways to be alike, each looked up by its rarest keys alone and only then compared: asked for at once, the index would merge the long lists of common
 * names. Those without a whole date of birth have an index of their own; a day that stands for "not known" is as common as a name.
 * Of each source one record tells as much as many, unless both have NHS numbers that may tell them apart.
 */
const ALIKE: Statement = {
  name: 'records-alike',
  text: `
    WITH numbered AS MATERIALIZED (${LIKE_THESE} search_keys && $2::text[]),
    on_the_day AS MATERIALIZED (${LIKE_THESE} search_keys && $6::text[]),
    on_common_day AS MATERIALIZED (${LIKE_THESE} search_keys && $7::text[] AND search_keys && $4::text[] AND search_keys && $5::text[]),
    vague AS MATERIALIZED (
      ${LIKE_THESE} search_keys && $4::text[] AND search_keys && $5::text[] AND (date_of_birth IS NULL OR length(date_of_birth) < 10)),
    alike AS MATERIALIZED (
      SELECT * FROM numbered
      UNION ALL SELECT * FROM on_the_day WHERE search_keys && $4::text[] AND search_keys && $5::text[]
      UNION ALL SELECT * FROM on_common_day
      UNION ALL SELECT * FROM vague WHERE (date_of_birth IS NULL AND search_keys && $3::text[]) OR search_keys && $8::text[])
    SELECT s.source, one.identifiers FROM (SELECT DISTINCT source FROM alike) s, LATERAL (
      (SELECT r.identifiers FROM alike r WHERE r.source = s.source AND (${NUMBERED}) IS NOT TRUE AND ${COUNTS} LIMIT 1)
      UNION ALL (SELECT r.identifiers FROM alike r WHERE r.source = s.source AND ${NUMBERED} AND ${COUNTS} LIMIT CASE WHEN $2 = '{}'::text[] THEN 1 END)) one`,
};

import { COMPARED, restrictingAmong } from '#lib/read-model';
import type { Snapshot, Statement } from '../snapshot.js';
import type { KnownPerson } from './known-person.js';
import { isAnother, isCommonDay, likenessOf, nhsNumbersOf, tellingOfAll } from './may-be-same.js';
import type { StoredRecord } from './stored-record.js';

/** A name and a whole date of birth, neither a placeholder nor an estimate: enough to look somebody up with. */
export const isWellIdentified = ({ records }: Pick<KnownPerson, 'records'>): boolean =>
  records.some(({ names, flags }) => names.length > 0 && !flags.includes('name-placeholder')) &&
  records.some(({ birth, flags }) => birth?.precision === 'day' && !flags.includes('date-of-birth-estimated'));

/** By a number, a date of birth, or a name and a home; or by a name, and no more is known: of that no steward is asked. */
export type HowAlike = 'closely' | 'by-name-alone';

/** Of whom the matcher made somebody else, or nobody, although they may well be this person. */
export interface PossibleMatches {
  /** The sources with such a record, and how alike the most alike is. While there is one, "nothing found" would be said of a place that holds something. */
  sources: ReadonlyMap<string, HowAlike>;
  /** The people such records were given to, a few of each source at most. */
  persons: string[];
}

/** Looked for by the rule of `isLike`, among everybody. */
export async function readPossibleMatches(snapshot: Snapshot, person: KnownPerson): Promise<PossibleMatches> {
  const { authority } = snapshot;
  const { nhs, numbers, caseIds, family, given, places, days, parts, years } = likenessOf(person.records, authority);
  const found = await snapshot.rows<Pick<StoredRecord, 'source' | 'identifiers' | 'person'> & { numbered: boolean; named: boolean }>(
    ALIKE,
    [
      [...person.subjects, ...person.withheld],
      numbers,
      family,
      given,
      [...family, ...places],
      days.filter((day) => !isCommonDay(day)),
      days.filter(isCommonDay),
      parts,
      caseIds,
      authority.caseManagementSystem,
      places,
      years,
      tellingOfAll(authority),
    ],
  );
  const alike = found.filter((record) => record.numbered || !isAnother(nhs, nhsNumbersOf([record])));
  return {
    sources: new Map(
      alike.toSorted((a, b) => Number(b.named) - Number(a.named)).map(({ source, named }) => [source, named ? 'by-name-alone' : 'closely']),
    ),
    persons: [...new Set(alike.map(({ person }) => person).filter((id) => id !== null))],
  };
}

const LIKE_THESE = `
      SELECT subject, source, identifiers, replaced_by, date_of_birth, date_of_birth_precision, search_keys, present FROM record
      WHERE NOT subject = ANY ($1::uuid[]) AND present AND restriction = 'none' AND`;
/** People of one source named as possible duplicates at most. */
const A_FEW = 5;

/** A number of the person, or a case ID as the case management system's own. */
const NUMBERED_ALIKE = `search_keys && $2::text[] OR search_keys && $9::text[] AND source = $10`;

/** The precisions are `day`, `month`, `year` and `expected`. */
const HAS_WHOLE_DATE = (record: string) => `(${record}.date_of_birth_precision IS NOT DISTINCT FROM 'day')`;

const HAS_NHS = `identifiers @> '[{"type": "nhs"}]'`;

/** The people who are not even a possibility, since they must look like somebody absent: the restricted, and who may be one. Found once: of whoever is like a person there may be thousands. */
const HIDDEN = `
      SELECT rp.person FROM these m JOIN record_person rp ON rp.subject = m.subject
      WHERE m.restriction <> 'none' OR m.subject IN (SELECT subject FROM restricting)
      UNION ALL SELECT rp.person FROM decided.restricted d JOIN record_person rp ON rp.subject = d.subject`;

/** Nor is whom somebody has decided to be another. A record replaced by one that is not described yet still speaks for itself. */
const COUNTS = `
      NOT EXISTS (SELECT FROM record n WHERE n.subject = r.replaced_by AND n.details_epoch >= 0)
      AND NOT r.subject IN (SELECT subject FROM restricting)
      AND NOT EXISTS (SELECT FROM record_person rp WHERE rp.subject = r.subject AND rp.person IN (SELECT person FROM hidden))
      AND NOT EXISTS (SELECT FROM kept_apart k WHERE k.subject = r.subject AND k.other_subject = ANY ($1::uuid[]) AND k.apart)`;

/** Records without a whole date of birth whose people were, by other records of theirs, born in other years (`isOfOtherYears`). */
const OF_OTHER_YEARS = `
      SELECT v.subject FROM possible v JOIN record_person rp ON rp.subject = v.subject JOIN record_person mate ON mate.person = rp.person
        JOIN record m ON m.subject = mate.subject
      WHERE NOT v.numbered AND NOT ${HAS_WHOLE_DATE('v')} AND m.present AND ${HAS_WHOLE_DATE('m')} AND NOT m.date_of_birth LIKE '%-01-01' AND m.source = ANY ($13::text[])
      GROUP BY v.subject HAVING NOT bool_or(left(m.date_of_birth, 4) = ANY ($12::text[]))`;

/**
 * Ways to be alike, each looked up by its rarest keys alone and only then compared: asked for at once, the index would merge the long lists of common
 * names; whoever was born that day is compared by given name first, by which most are out. Of which source a record with that case ID is, is compared
 * afterwards: asked for along with the keys, PostgreSQL reads the index of all records of that source for each page. Those without a whole date of birth have an index of their own; a day that stands for "not known" is as common as a name.
 * Of each source a few records tell as much as many, unless both have NHS numbers that may tell them apart.
 */
const ALIKE: Statement = {
  name: 'records-alike',
  text: `
    WITH by_number AS MATERIALIZED (${LIKE_THESE} search_keys && ($2::text[] || $9::text[])),
    on_day AS MATERIALIZED (${LIKE_THESE} search_keys && $6::text[]),
    on_common_day AS MATERIALIZED (${LIKE_THESE} search_keys && $7::text[] AND search_keys && $4::text[] AND search_keys && $5::text[]),
    vague AS MATERIALIZED (
      ${LIKE_THESE} search_keys && $4::text[] AND search_keys && $5::text[] AND (date_of_birth IS NULL OR length(date_of_birth) < 10)),
    possible AS MATERIALIZED (
      SELECT *, true AS numbered FROM by_number r WHERE ${NUMBERED_ALIKE}
      UNION ALL SELECT *, false FROM on_day r WHERE search_keys && $4::text[] AND search_keys && $5::text[] AND NOT (${NUMBERED_ALIKE})
      UNION ALL SELECT *, false FROM on_common_day
      UNION ALL SELECT *, false FROM vague WHERE (date_of_birth IS NULL AND search_keys && $3::text[]) OR search_keys && $8::text[]),
    these AS MATERIALIZED (
      SELECT ${COMPARED.join()} FROM record WHERE subject = ANY (ARRAY (
        SELECT subject FROM possible
        UNION ALL SELECT mate.subject FROM possible a JOIN record_person rp ON rp.subject = a.subject JOIN record_person mate ON mate.person = rp.person))),
    ${restrictingAmong('these', '$10')},
    hidden AS MATERIALIZED (${HIDDEN}),
    of_other_years AS MATERIALIZED (${OF_OTHER_YEARS}),
    counting AS MATERIALIZED (
      SELECT r.*, (${HAS_NHS}) IS TRUE AS told_apart, NOT numbered AND date_of_birth IS NULL AND NOT search_keys && $11::text[] AS named
      FROM possible r WHERE ${COUNTS} AND NOT r.subject IN (SELECT subject FROM of_other_years))
    SELECT s.source, one.identifiers, one.numbered, one.named, (SELECT person FROM record_person WHERE subject = one.subject) AS person
    FROM (SELECT DISTINCT source FROM counting) s, LATERAL (
      (SELECT c.* FROM counting c WHERE c.source = s.source AND (numbered OR NOT told_apart) ORDER BY named LIMIT ${A_FEW})
      UNION ALL (SELECT c.* FROM counting c WHERE c.source = s.source AND NOT numbered AND told_apart
                 ORDER BY named LIMIT CASE WHEN $2 = '{}'::text[] THEN ${A_FEW} END)) one`,
};

import { birthSaid, ESTIMATED, FILLED_IN_DAYS, isEstimatedSql } from '#lib/matching';
import { COMPARED, restrictingAmong, validNhs } from '#lib/read-model';
import type { Snapshot, Statement } from '../snapshot.js';
import { isDayKnown } from './birth-believed.js';
import type { KnownPerson } from './known-person.js';
import { isCommonDay, likenessOf, tellingOfAll } from './may-be-same.js';

/** A name and a whole date of birth, neither a placeholder nor an estimate: enough to look somebody up with. */
export const isWellIdentified = ({ records }: Pick<KnownPerson, 'records'>): boolean =>
  records.some(({ names, flags }) => names.length > 0 && !flags.includes('name-placeholder')) && records.some(isDayKnown);

/** By a number, a date of birth, or a name and a home; or by a name, and no more is known: of that no steward is asked. */
export type HowAlike = 'closely' | 'by-name-alone';

/** Of whom the matcher made somebody else, or nobody, although they may well be this person. */
export interface PossibleMatches {
  /** The sources with such a record, and how alike the most alike is. While there is one, "nothing found" would be said of a place that holds something. */
  sources: ReadonlyMap<string, HowAlike>;
  /** The people such records were given to, a few of each source at most. */
  persons: string[];
}

export const NO_MATCHES: PossibleMatches = { sources: new Map(), persons: [] };

/** Looked for by the rule of `isLike`, among everybody. */
export async function readPossibleMatches(snapshot: Snapshot, person: KnownPerson): Promise<PossibleMatches> {
  const { authority } = snapshot;
  const { nhs, numbers, caseIds, family, given, places, days, parts, bornIn, years } = likenessOf(person.records, authority);
  const alike = await snapshot.rows<{ source: string; person: string | null; named: boolean }>(ALIKE, [
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
    nhs.length > 0,
    FILLED_IN_DAYS,
    bornIn,
  ]);
  return {
    sources: new Map(
      alike.toSorted((a, b) => Number(b.named) - Number(a.named)).map(({ source, named }) => [source, named ? 'by-name-alone' : 'closely']),
    ),
    persons: [...new Set(alike.map(({ person }) => person).filter((id) => id !== null))],
  };
}

const LIKE_THESE = `
      SELECT subject, source, identifiers, replaced_by, date_of_birth, date_of_birth_precision, flags, search_keys, present FROM record
      WHERE NOT subject = ANY ($1::uuid[]) AND present AND restriction = 'none' AND`;
/** People of one source named as possible duplicates at most. */
const A_FEW = 5;

/** A number of the person, or a case ID as the case management system's own. */
const NUMBERED_ALIKE = `search_keys && $2::text[] OR search_keys && $9::text[] AND source = $10`;

/** The precisions are `day`, `month`, `year` and `expected`. A date that was filled in is none, nor is a guess (`isDayKnown`). */
const HAS_WHOLE_DATE = (record: string) =>
  `(${record}.date_of_birth_precision IS NOT DISTINCT FROM 'day' AND ${birthSaid(`${record}.date_of_birth`)} IS NOT NULL AND NOT ${isEstimatedSql(record)})`;

/** With a right NHS number of its own, beside one of the person's, it is somebody else's: what has one in common is alike by number. */
const TOLD_APART = (record: string) => `$14 AND ${record}.identifiers @> '[{"type": "nhs"}]' AND ${validNhs(record)} <> '{}'`;

/** Nor is whom somebody has decided to be another. A record replaced by one that is not described yet still speaks for itself. */
const SPEAKS = `
      NOT EXISTS (SELECT FROM record n WHERE n.subject = p.replaced_by AND n.details_epoch >= 0)
      AND NOT EXISTS (SELECT FROM kept_apart k WHERE k.subject = p.subject AND k.other_subject = ANY ($1::uuid[]) AND k.apart)`;

/** People who were, by other records of theirs, born in other years (`isOfOtherYears`). */
const OF_OTHER_YEARS = `
      SELECT mate.person FROM mate JOIN mates m ON m.subject = mate.subject
      WHERE m.present AND ${HAS_WHOLE_DATE('m')} AND NOT m.date_of_birth LIKE '%-01-01' AND m.source = ANY ($13::text[])
      GROUP BY mate.person HAVING NOT bool_or(left(m.date_of_birth, 4) = ANY ($12::text[]))`;

/** The people who are not even a possibility, since they must look like somebody absent: the restricted, and who may be one. Found once: of whoever is like a person there may be thousands. */
const HIDDEN = `
      SELECT rp.person FROM these m JOIN record_person rp ON rp.subject = m.subject
      WHERE m.restriction <> 'none' OR m.subject IN (SELECT subject FROM restricting)
      UNION ALL SELECT rp.person FROM decided.restricted d JOIN record_person rp ON rp.subject = d.subject`;

/**
 * Ways to be alike, each looked up by its rarest keys alone and only then compared: asked for at once, the index would merge the long lists of common
 * names; whoever was born that day is compared by given name first, by which most are out. Of which source a record with that case ID is, is compared
 * afterwards: asked for along with the keys, PostgreSQL reads the index of all records of that source for each page. Those without a whole date of birth, and those whose date is a guess, have an index of their own; a day that stands for "not known" is as common as a name, and whoever has one that was filled in is looked up by it and compared as without a date.
 * Each one's person, and that person's other records, are read once for all, and whoever is out by them is not looked at for a restriction. Of each source a few records tell as
 * much as many.
 */
const ALIKE: Statement = {
  name: 'records-alike',
  text: `
    WITH by_number AS MATERIALIZED (${LIKE_THESE} search_keys && ($2::text[] || $9::text[])),
    on_day AS MATERIALIZED (${LIKE_THESE} search_keys && $6::text[]),
    on_common_day AS MATERIALIZED (${LIKE_THESE} search_keys && $7::text[] AND search_keys && $4::text[] AND search_keys && $5::text[]),
    filled_in AS MATERIALIZED (${LIKE_THESE} search_keys && $15::text[] AND search_keys && $4::text[] AND search_keys && $3::text[]),
    vague AS MATERIALIZED (
      ${LIKE_THESE} search_keys && $4::text[] AND search_keys && $5::text[] AND (date_of_birth IS NULL OR length(date_of_birth) < 10)),
    guessed AS MATERIALIZED (
      ${LIKE_THESE} search_keys && $4::text[] AND search_keys && $5::text[] AND flags @> '["${ESTIMATED}"]'),
    possible AS (
      SELECT *, true AS numbered FROM by_number r WHERE ${NUMBERED_ALIKE}
      UNION ALL
      SELECT *, false FROM (
        SELECT * FROM on_day r WHERE search_keys && $4::text[] AND search_keys && $5::text[] AND NOT (${NUMBERED_ALIKE})
        UNION ALL SELECT * FROM on_common_day
        UNION ALL SELECT * FROM filled_in
        UNION ALL SELECT * FROM vague WHERE (date_of_birth IS NULL AND search_keys && $3::text[]) OR search_keys && $8::text[]
        UNION ALL
        SELECT * FROM guessed WHERE date_of_birth_precision = 'day' AND search_keys && $16::text[] AND NOT search_keys && ($6::text[] || $7::text[])) by_name
      WHERE NOT (${TOLD_APART('by_name')})),
    placed AS MATERIALIZED (
      SELECT p.*, rp.person FROM possible p LEFT JOIN record_person rp ON rp.subject = p.subject WHERE ${SPEAKS}),
    mate AS MATERIALIZED (SELECT person, subject FROM record_person WHERE person = ANY (ARRAY (SELECT person FROM placed))),
    mates AS MATERIALIZED (
      SELECT ${COMPARED.join()}, date_of_birth_precision, flags FROM record
      WHERE subject = ANY (ARRAY (SELECT subject FROM placed UNION ALL SELECT subject FROM mate))),
    of_other_years AS MATERIALIZED (${OF_OTHER_YEARS}),
    near AS MATERIALIZED (
      SELECT * FROM placed p WHERE numbered OR ${HAS_WHOLE_DATE('p')} OR NOT EXISTS (SELECT FROM of_other_years o WHERE o.person = p.person)),
    these AS MATERIALIZED (
      SELECT * FROM mates WHERE subject IN (
        SELECT subject FROM near UNION ALL SELECT mate.subject FROM mate WHERE mate.person IN (SELECT person FROM near))),
    ${restrictingAmong('these', '$10')},
    hidden AS MATERIALIZED (${HIDDEN}),
    counting AS MATERIALIZED (
      SELECT source, person, NOT numbered AND ${birthSaid('date_of_birth')} IS NULL AND NOT search_keys && $11::text[] AS named FROM near
      WHERE NOT subject IN (SELECT subject FROM restricting) AND NOT EXISTS (SELECT FROM hidden h WHERE h.person = near.person))
    SELECT one.* FROM (SELECT DISTINCT source FROM counting) s, LATERAL (
      SELECT * FROM counting c WHERE c.source = s.source ORDER BY named LIMIT ${A_FEW}) one`,
};

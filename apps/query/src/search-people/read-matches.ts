import { normalisePostcode, searchTermsOf } from '#lib/matching';
import { COMPARED, restrictedBySource, restrictingAmong } from '#lib/read-model';
import { journeyOf } from '../authority.js';
import { caseIdTyped } from '../case-id-typed.js';
import type { Snapshot, Statement } from '../snapshot.js';
import { ageRuleOf, mayTellAtThatAge } from '../view-person/age-rule.js';
import { isConfidential } from '../view-person/cares-in-hiding.js';
import { childRuleOf, countsAsChild } from '../view-person/counts-as-child.js';
import { hiddenHomes, isAtHiddenHome } from '../view-person/hidden-homes.js';
import { WITHHELD } from './withheld-records.js';
import { confirmsMore, MOST_SHOWN, type SearchTerms } from './search-terms.js';

export interface Matches {
  /** The youngest `MOST_SHOWN` at most. */
  persons: string[];
  /** How many there are, up to `MOST_COUNTED`. */
  total: number;
  /** There may be more: they were not counted. */
  atLeast: boolean;
}

/** Of a common name there are thousands: nobody reads how many, and looking at each took most of a search's time. More than twice what is shown is many. */
const MOST_COUNTED = 50;
/** So many of the youngest are looked at: that some of them are not shown must not be told by the count, and half as many are never restricted. */
const MOST_LOOKED_AT = 2 * MOST_COUNTED;

/** Which people answer to the terms. Names must all match in one record; what narrows them may stand in any record of the same person. */
export async function readMatches(snapshot: Snapshot, terms: SearchTerms): Promise<Matches> {
  const { all } = searchTermsOf('caseId' in terms ? { caseId: caseIdTyped(terms.caseId, snapshot.authority) } : terms);
  if (all.length === 0) return { persons: [], total: 0, atLeast: false };
  const narrows = (keys: readonly string[]) => keys.every((key) => /^[dyp]:/.test(key));
  const naming = all.filter((keys) => !narrows(keys));
  const isRare = (keys: readonly string[]) => keys.some((key) => isPostcode(key) || (naming.length === 1 && isWholeDate(key)));
  const narrowing = all.filter(narrows).toSorted((a, b) => Number(isRare(b)) - Number(isRare(a)));
  const rare = naming.length > 0 && narrowing.some(isRare);
  const statement = naming.length > 0 ? statementFor(naming.length, narrowing.length, rare) : statementFor(1, narrowing.length - 1, rare);
  const postcode = 'postcode' in terms ? normalisePostcode(terms.postcode ?? '') : '';
  const groups = [...naming, ...narrowing];
  const [day, silent, adult, system] = childRuleOf(snapshot.authority, snapshot.now);
  const [today, ages] = ageRuleOf(snapshot.authority, snapshot.now);
  const childrenOnly = journeyOf(snapshot.authority, terms.journey) === 'child-first';
  const values = [
    'caseId' in terms ? system : null,
    postcode === '' ? null : postcode,
    MOST_SHOWN,
    silent,
    childrenOnly ? day : null,
    adult,
    system,
    today,
    ages,
    confirmsMore(terms) ? snapshot.reader.id : null,
    ...groups,
  ];
  const read = () => snapshot.rows<{ person: string; total: number; cut: boolean }>(statement, values);
  const rows = await (naming.length > 1 || rare ? read() : plannedForTheseWords(snapshot, read));
  const { total, cut } = rows[0] ?? { total: 0, cut: false };
  return { persons: rows.map(({ person }) => person), total: Math.min(total, MOST_COUNTED), atLeast: cut || total > MOST_COUNTED };
}

/**
 * What few have is looked up before the names, and they among those few: a postcode; and a whole date of birth beside one name, since with it are those of whom the
 * month or the year alone is known, who are more than have two names. The first of January stands for "not known" in many records.
 */
const isPostcode = (key: string): boolean => key.startsWith('p:');
const isWholeDate = (key: string): boolean => /^d:.{10}$/.test(key) && !key.endsWith('-01-01');

/**
 * One name alone may find nobody or thousands, and which order serves best depends on it. Of two names or more one plan serves all: what they find is
 * compared by indexes, and making the plan takes longer than running it.
 */
async function plannedForTheseWords<Row>(snapshot: Snapshot, read: () => Promise<Row[]>): Promise<Row[]> {
  const [, rows] = await Promise.all([snapshot.rows(PLANNED_EACH_TIME, []), read(), snapshot.rows(PLANNED_ONCE, [])]);
  return rows;
}
const PLANNED_EACH_TIME: Statement = { name: 'planned-each-time', text: 'SET LOCAL plan_cache_mode = force_custom_plan' };
const PLANNED_ONCE: Statement = { name: 'planned-once', text: 'SET LOCAL plan_cache_mode = force_generic_plan' };

/** The statement for so many groups of keys. @param rare the first that narrows is looked up before the names */
function statementFor(naming: number, narrowing: number, rare: boolean): Statement {
  const group = (at: number) => `r.search_keys && $${FIXED + at}::text[]`;
  const named = Array.from({ length: naming }, (_, at) => group(at + 1)).join(' AND ');
  const narrowings = Array.from({ length: narrowing }, (_, at) => group(naming + at + 1));
  const text = matching({
    begun: rare ? BEGUN(narrowings[0]!) : '',
    from: rare ? AMONG_BEGUN : 'record r',
    named,
    narrowed: narrowings
      .slice(rare ? 1 : 0)
      .map((group) => `\n        AND n.person IN (${peopleBy(group)})`)
      .join(''),
    tells: narrowings.map(tellsOf).join(' '),
  });
  return { name: `people-matching-${naming}-${narrowing}${rare ? '-rare' : ''}`, text };
}
const FIXED = 10;

const isTold = (record: string) => `NOT ${record}.subject IN (SELECT subject FROM withheld)`;
const IS_TOLD = isTold('r');

const peopleBy = (group: string) => `SELECT rp.person FROM record r JOIN record_person rp ON rp.subject = r.subject
                         WHERE ${group} AND r.present AND r.restriction = 'none' AND NOT r.source = ANY ($4::text[]) AND ${IS_TOLD}`;

const BEGUN = (group: string) => `
    begun AS MATERIALIZED (${peopleBy(group)}),`;
const AMONG_BEGUN = `(
        SELECT * FROM record WHERE subject = ANY (ARRAY (SELECT subject FROM record_person WHERE person = ANY (ARRAY (SELECT person FROM begun)))) OFFSET 0) r`;

const mayTell = (sources: string) => mayTellAtThatAge('n.person', sources, '$8', '$9', '$4', '$7', isTold);

/** Whether what narrows is known from more than services that are not shown at this age: asked of the few who are left. */
const tellsOf = (group: string) => `
      AND EXISTS (SELECT FROM record_person rp JOIN record r ON r.subject = rp.subject
                  WHERE rp.person = n.person AND ${group} AND r.present AND r.restriction = 'none' AND NOT r.source = ANY ($4::text[]) AND ${IS_TOLD}
                    AND ${mayTell('ARRAY[r.source]')})`;

const RESTRICTS = restrictedBySource('x');

/**
 * Whoever has a restricted record, one that replaced a restricted record, or one that may be a restricted person's is neither shown nor counted; of those restricted by hand there are
 * few, and they are looked up once. A postcode finds nobody whose
 * confidential address it may be: every record that keeps one must state the postcode openly itself. Nor does it find whoever cares for somebody hidden, or is recorded at their home. A case ID is an ID of the case
 * management system; other sources' own ids are not case IDs. Records of silent sources find nobody, nor do those of a service that is not shown
 * of somebody of that age, nor those that a reader has doubted to be of whom they are with. Child first, only children are found
 * ($5: the day on which they are). Whom the reader has said to know is found by name alone (decision 0088; $10: the reader, where more was typed).
 */
const matching = ({ begun, from, named, narrowed, tells }: Record<'begun' | 'from' | 'named' | 'narrowed' | 'tells', string>) => `
    WITH RECURSIVE decided (subject) AS (
      SELECT subject FROM decided.restricted
      UNION SELECT r.replaced_by FROM decided JOIN record r ON r.subject = decided.subject WHERE r.replaced_by IS NOT NULL),
    declared (subject) AS (
      SELECT subject FROM decided.declaration WHERE reader = $10::text AND withdrawn_at IS NULL
      UNION SELECT r.replaced_by FROM declared JOIN record r ON r.subject = declared.subject WHERE r.replaced_by IS NOT NULL),
    ${WITHHELD},${begun}
    by_hand AS MATERIALIZED (SELECT rp.person FROM decided JOIN record_person rp ON rp.subject = decided.subject),
    named AS MATERIALIZED (
      SELECT rp.person, max(r.date_of_birth) AS born, array_agg(r.source) AS sources
      FROM ${from} JOIN record_person rp ON rp.subject = r.subject
      WHERE ${named} AND r.present AND r.restriction = 'none' AND ($1::text IS NULL OR r.source = $1)
        AND NOT r.source = ANY ($4::text[]) AND ${IS_TOLD}
      GROUP BY rp.person),
    narrowed AS MATERIALIZED (SELECT n.* FROM named n WHERE NOT n.person IN (SELECT person FROM by_hand)${narrowed}),
    told AS MATERIALIZED (
      SELECT n.person, n.born FROM (SELECT * FROM narrowed ORDER BY born DESC NULLS LAST, person OFFSET 0) n
      WHERE ${mayTell('n.sources')}${tells} AND ($5::text IS NULL OR ${countsAsChild('n.person', '$5', '$4', '$6', '$7')})
      ORDER BY n.born DESC NULLS LAST, n.person LIMIT ${MOST_LOOKED_AT}),
    theirs AS MATERIALIZED (SELECT person, subject FROM record_person WHERE person = ANY (ARRAY (SELECT person FROM told))),
    these AS MATERIALIZED (
      SELECT t.person, ${COMPARED.map((column) => `c.${column}`).join()}
      FROM theirs t JOIN record c ON c.subject = t.subject WHERE c.subject = ANY (ARRAY (SELECT subject FROM theirs))),
    ${restrictingAmong('these', '$7', '$10')},
    by_postcode (person, subject) AS (
      SELECT person, subject FROM these WHERE $2::text IS NOT NULL
      UNION SELECT b.person, r.subject FROM by_postcode b, LATERAL (SELECT subject FROM record WHERE replaced_by = b.subject OFFSET 0) r),
    living AS MATERIALIZED (SELECT b.person, subject, r.addresses FROM by_postcode b JOIN record r USING (subject)),
    ${hiddenHomes('living')},
    restricted AS MATERIALIZED (SELECT t.person FROM these t WHERE t.subject IN (SELECT subject FROM restricting)),
    known AS MATERIALIZED (
      SELECT t.person FROM theirs t
      WHERE t.subject IN (SELECT subject FROM declared) OR t.subject IN (SELECT subject FROM alike WHERE known))
    SELECT n.person, (count(*) OVER ())::int AS total, (SELECT count(*) FROM told) = ${MOST_LOOKED_AT} AS cut
    FROM told n
    WHERE NOT n.person IN (SELECT person FROM restricted) AND NOT n.person IN (SELECT person FROM known)
      AND NOT n.person IN (
        SELECT m.person FROM theirs m JOIN record x ON x.replaced_by = m.subject
        WHERE x.replaced_by = ANY (ARRAY (SELECT subject FROM theirs)) AND ${RESTRICTS})
      AND ($2::text IS NULL OR NOT EXISTS (
        SELECT FROM record_person rp JOIN record r ON r.subject = rp.subject, jsonb_array_elements(r.addresses) a
        WHERE rp.person = n.person AND ${isConfidential('a')}
          AND NOT r.search_keys @> ARRAY['p:' || $2]))
      AND NOT n.person IN (
        SELECT person FROM living l WHERE subject IN (SELECT subject FROM caring_in_hiding)
          OR ${isAtHiddenHome('l')})
    ORDER BY n.born DESC NULLS LAST, n.person LIMIT $3`;

import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { IdentityRule, Opened } from '#lib/audit';
import { normaliseName, searchTermsOf } from '#lib/matching';
import { AuditedQuery, type Look } from '../audited-query.js';
import { type Statement, snapshotOf } from '../snapshot.js';
import { hiddenHomes, isAtHiddenHome } from '../view-person/hidden-homes.js';

/** That a rule matched; never the name or address by which it did. */
export type Matched = Pick<Opened, 'reader' | 'person'> & { rule: IdentityRule };

/** Who of these people may be the reader who opened them, bear their surname, or live with them? */
export class CompareReaders extends AuditedQuery<Matched[]> {
  readonly data = 'audit';
  readonly person = undefined;
  constructor(
    readonly opened: readonly Pick<Opened, 'reader' | 'person'>[],
    /** What the directory calls readers, where it is known. */
    readonly names: ReadonlyMap<string, string>,
    /** A surname that more people than this bear is no sign of anything. */
    readonly heldByAtMost: number,
  ) {
    super();
  }

  looks(result: Matched[] | null): Look[] {
    const shown = { page: 'audit/compare-readers', people: this.opened.length, matched: result?.length ?? 0 };
    return [{ action: 'read-audit', person: null, found: shown.matched > 0, shown }];
  }
}

@QueryHandler(CompareReaders)
export class CompareReadersHandler implements IQueryHandler<CompareReaders> {
  async execute(query: CompareReaders): Promise<Matched[]> {
    const ids = [...new Set(query.opened.map(({ reader }) => reader))];
    const readers = ids.flatMap((reader) => {
      const keys = nameKeysOf(reader, query.names.get(reader));
      return keys === null ? [] : [{ reader, ...keys }];
    });
    const named = new Set(readers.map(({ reader }) => reader));
    const pairs = query.opened.filter(({ reader }) => named.has(reader));
    return snapshotOf(query).rows<Matched>(MATCHED, [
      pairs.map(({ reader }) => reader),
      pairs.map(({ person }) => person),
      JSON.stringify(readers),
      query.heldByAtMost,
    ]);
  }
}

/** "Leah Morgan", or "Morgan, Leah" → first and last name. */
function partsOf(name: string): [first: string, last: string] {
  const [last = '', first] = name.split(',').map((part) => part.trim());
  const words = name.trim().split(/\s+/);
  return first === undefined ? [words[0] ?? '', words.length > 1 ? words.at(-1)! : ''] : [first.split(/\s+/)[0]!, last];
}

const IN_USER_NAME = /^(\p{L}[\p{L}'-]*)\.(\p{L}[\p{L}'-]*)\d*$/u;

/** What a reader's name, or else the names in the user name, are found by in the index; null: neither holds two (a payroll number alone). */
export function nameKeysOf(reader: string, name: string | undefined): { family: string; given: string[] } | null {
  const [, ...inUserName] = IN_USER_NAME.exec(reader) ?? [];
  const [first = '', last = ''] = name === undefined ? inUserName : partsOf(name);
  const family = normaliseName(last).join('');
  const given = searchTermsOf({ givenName: first })
    .all.flat()
    .filter((key) => key.startsWith('g:'));
  return family !== '' && given.length > 0 ? { family: `f:${family}`, given } : null;
}

/** One place, by its postcode and first line; null: it has none. */
const PLACE = `
        CASE WHEN coalesce(a->>'postcode', '') <> '' THEN lower(regexp_replace((a->'lines'->>0) || (a->>'postcode'), '[^[:alnum:]]', '', 'g')) END`;

/**
 * Current and former names count, as they do in a search. People of the reader's whole name stand for the reader, whose own address nobody
 * here knows: who shares an address with one of them may share the reader's. Confidential addresses are not in the read model, and those of whoever
 * cares for somebody hidden, or is recorded at their home, are not compared.
 */
const MATCHED: Statement = {
  name: 'readers-compared',
  text: `
    WITH RECURSIVE opened AS (SELECT DISTINCT * FROM unnest($1::text[], $2::uuid[]) AS o (reader, person)),
    named AS (SELECT * FROM jsonb_to_recordset($3::jsonb) AS n (reader text, family text, given text[])),
    records AS (
      SELECT o.reader, o.person, r.subject, r.addresses, r.search_keys @> ARRAY[n.family] AS family,
             r.search_keys @> ARRAY[n.family] AND r.search_keys && n.given AS whole
      FROM opened o JOIN named n USING (reader) JOIN record_person rp ON rp.person = o.person JOIN record r ON r.subject = rp.subject),
    rare AS (
      SELECT n.reader FROM named n JOIN record r ON r.search_keys @> ARRAY[n.family] JOIN record_person rp ON rp.subject = r.subject
      GROUP BY n.reader HAVING count(DISTINCT rp.person) <= $4),
    namesakes AS MATERIALIZED (
      SELECT n.reader, rp.person, r.addresses
      FROM named n JOIN record r ON r.search_keys @> ARRAY[n.family] AND r.search_keys && n.given JOIN record_person rp ON rp.subject = r.subject),
    homes AS (SELECT DISTINCT n.reader, n.person, ${PLACE} AS place FROM namesakes n, jsonb_array_elements(n.addresses) a),
    alike AS MATERIALIZED (
      SELECT DISTINCT s.reader, s.person, h.person AS namesake
      FROM (SELECT c.reader, c.person, ${PLACE} AS place FROM records c, jsonb_array_elements(c.addresses) a) s
      JOIN homes h ON h.reader = s.reader AND h.person <> s.person AND h.place = s.place),
    compared AS MATERIALIZED (
      SELECT rp.person, subject, r.addresses FROM record_person rp JOIN record r USING (subject)
      WHERE person IN (SELECT person FROM alike UNION SELECT namesake FROM alike)),
    ${hiddenHomes('compared')},
    hidden AS (
      SELECT person FROM compared c WHERE subject IN (SELECT subject FROM caring_in_hiding)
        OR ${isAtHiddenHome('c')})
    SELECT DISTINCT reader, person, 'self' AS rule FROM records WHERE whole
    UNION SELECT reader, person, 'sameSurname' FROM records JOIN rare USING (reader)
      GROUP BY reader, person HAVING bool_or(family) AND NOT bool_or(whole)
    UNION SELECT s.reader, s.person, 'sameHousehold' FROM alike s
      WHERE NOT s.person IN (SELECT person FROM hidden) AND NOT s.namesake IN (SELECT person FROM hidden)
        AND NOT EXISTS (SELECT FROM records w WHERE w.reader = s.reader AND w.person = s.person AND w.whole)`,
};

import { caringInHiding } from './cares-in-hiding.js';

/** More records than any household has: a hostel, or the address of an office that stands for none. */
const MOST_AT_HOME = 200;

/**
 * Parts of a `WITH RECURSIVE`: `caring_in_hiding (subject)`, of many records and of all that are recorded at a home of theirs (cares-in-hiding.ts), and
 * `hidden_home (address)`, where the carers among them live now: whoever else is recorded there would tell the place as well (decision 0074).
 * `near_hidden_home (subject)` are those of these records that have a key in common with such a home, as every address of one home has.
 * @param these a relation with the columns `subject` and `addresses`
 */
export const hiddenHomes = (these: string): string => `
    home_key (subject, key) AS MATERIALIZED (SELECT subject, unnest(control.home_keys(addresses)) FROM ${these}),
    at_home (subject) AS MATERIALIZED (
      SELECT DISTINCT one FROM (SELECT DISTINCT key FROM home_key) k,
        LATERAL (SELECT array_agg(subject) AS found FROM (
          SELECT r.subject FROM record r WHERE control.home_keys(r.addresses) @> ARRAY[k.key] LIMIT ${MOST_AT_HOME + 1}) found_here) here, unnest(found) one
      WHERE cardinality(found) <= ${MOST_AT_HOME}),
    household (subject, person) AS (
      SELECT subject, person FROM record_person
      WHERE person = ANY (ARRAY (SELECT person FROM record_person WHERE subject = ANY (ARRAY (SELECT subject FROM at_home))))
      UNION SELECT r.subject, h.person FROM household h, LATERAL (SELECT subject FROM record WHERE replaced_by = h.subject OFFSET 0) r),
    around_home (subject) AS MATERIALIZED (SELECT subject FROM ${these} UNION SELECT subject FROM household),
    ${caringInHiding('around_home')},
    hidden_home (address) AS MATERIALIZED (
      SELECT DISTINCT a FROM household h JOIN record r ON r.subject = h.subject, jsonb_array_elements(r.addresses) a
      WHERE h.person IN (SELECT person FROM household WHERE subject IN (SELECT subject FROM caring_in_hiding))
        AND r.removed_reason IS DISTINCT FROM 'entered-in-error' AND NOT a->>'kind' IN ('previous', 'correspondence')
        AND (a->>'to' IS NULL OR a->>'to' >= to_char(now() - interval '1 day', 'YYYY-MM-DD'))),
    near_hidden_home (subject) AS MATERIALIZED (
      SELECT subject FROM home_key WHERE key = ANY (ARRAY (SELECT unnest(control.home_keys(jsonb_build_array(address))) FROM hidden_home)))`;

/** SQL, of a WITH that holds the parts of `hiddenHomes`: whether an address (an element of a record's `addresses`) is one of those homes. Dear: ask it of a record that is near one. */
export const isHiddenHome = (address: string): string =>
  `EXISTS (SELECT FROM hidden_home h WHERE control.is_same_home(h.address, ${address}))`;

/** SQL, of the same: whether a record has a key of such a home. Where it has none, none of its addresses is one. */
export const isNearHiddenHome = (record: string): string => `${record}.subject IN (SELECT subject FROM near_hidden_home)`;

/** SQL, of the same: whether an address of a record is such a home. */
export const isAtHiddenHome = (record: string): string =>
  `(${isNearHiddenHome(record)} AND EXISTS (SELECT FROM jsonb_array_elements(${record}.addresses) a WHERE ${isHiddenHome('a')}))`;

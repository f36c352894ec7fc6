import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndexStatements } from '../create-table.js';
import { record } from '../tables.js';

/**
 * Which addresses (elements of `record.addresses`) are one home, for an index of every generation and for whoever reads it.
 *
 * - `home_keys(addresses)`: what each may be known by: its UPRN, however padded; its postcode with the numbers that are written, in whatever order, or with
 *   all words where none is. Two addresses of one home have one in common.
 * - `is_same_home(one, other)`: by an equal UPRN, unless the numbers that are written tell two flats of a block apart (neither has all of the other's); else
 *   by postcode and numbers where one has no UPRN, and by postcode and every word where both have (one source gives the flat's, another the block's).
 */
const FUNCTIONS = [
  `CREATE FUNCTION control.home_numbers(address jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT coalesce(string_agg(number, ' ' ORDER BY number), '') FROM (
       SELECT DISTINCT ltrim(found[1], '0') AS number
       FROM regexp_matches(replace(upper(address->>'lines'), upper(coalesce(address->>'postcode', '')), ''), '[0-9]+', 'g') found) numbers $$`,
  `CREATE FUNCTION control.home_words(address jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT nullif(lower(regexp_replace(address->>'lines', '[^[:alnum:]]', '', 'g')), '') $$`,
  `CREATE FUNCTION control.home_uprn(address jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT nullif(ltrim(address->>'uprn', '0'), '') $$`,
  `CREATE FUNCTION control.home_by_postcode(address jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT 'p:' || nullif(upper(regexp_replace(address->>'postcode', '[^[:alnum:]]', '', 'g')), '') || ':'
       || coalesce(nullif(control.home_numbers(address), ''), control.home_words(address)) $$`,
  `CREATE FUNCTION control.home_keys(addresses jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT array_remove(array_agg('u:' || control.home_uprn(address)) || array_agg(control.home_by_postcode(address)), NULL)
     FROM jsonb_array_elements(addresses) address $$`,
  `CREATE FUNCTION control.is_same_home(one jsonb, other jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT CASE WHEN control.home_uprn(one) = control.home_uprn(other)
                 THEN (string_to_array(control.home_numbers(one), ' ') @> string_to_array(control.home_numbers(other), ' ')
                           OR string_to_array(control.home_numbers(one), ' ') <@ string_to_array(control.home_numbers(other), ' '))
                 ELSE coalesce(control.home_by_postcode(one) = control.home_by_postcode(other), false)
                      AND (control.home_uprn(one) IS NULL OR control.home_uprn(other) IS NULL
                           OR coalesce(control.home_words(one) = control.home_words(other), false)) END $$`,
];

/** Generations folded before get the index as well: none is rebuilt for it. */
export class Homes1765411200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of FUNCTIONS) await runner.query(statement);
    const generations = (await runner.query(
      `SELECT schema_name AS schema FROM control.generation WHERE to_regclass(schema_name || '.record') IS NOT NULL`,
    )) as { schema: string }[];
    for (const { schema } of generations)
      for (const statement of createIndexStatements(schema, record)) if (statement.includes('home_keys')) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('generations have indexes by these functions');
  }
}

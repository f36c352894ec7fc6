import type { ReadModelPool } from '#lib/read-model';
import { LETTERS } from '../in-town.js';

/** Columns that name a record, a person or a fact: each copy's own. */
const NAMES = ['subject', 'person', 'replaced_by', 'other_subject', 'record_id', 'involvement_id', 'relationship_id'];
const COPIED = ['record', 'record_person', 'assigned_once', 'involvement', 'relationship'];

/**
 * Copies the towns that are there so many times inside the database, as towns beside them: names, links and involvements alike, every record,
 * person and fact under an id of its own, NHS numbers and case IDs too; born some days later, in houses and under postcodes of their own. Making them one
 * by one would take an hour for a million people.
 */
export async function copyTowns(pool: ReadModelPool, schema: string, copies: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`SET search_path = ${schema}; ${OWN_IDS}`);
    for (const table of COPIED) {
      const { rows } = await client.query<{ name: string; type: string }>(
        `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
        [table],
      );
      const names = rows.map(({ name }) => name).join();
      await client.query(
        `INSERT INTO ${table} (${names}) SELECT ${rows.map(copied).join()} FROM ${table}, generate_series(1, ${copies}) AS copy`,
      );
    }
  } finally {
    client.release(true);
  }
}

function copied({ name, type }: { name: string; type: string }): string {
  if (NAMES.includes(name)) return type === 'uuid' ? `md5(${name}::text || copy)::uuid` : `${name} || '.' || copy`;
  if (name === 'identifiers') return 'pg_temp.identifiers_of(identifiers, copy)';
  if (name === 'date_of_birth') return 'pg_temp.born(date_of_birth, copy)';
  if (name === 'addresses') return 'pg_temp.addresses_of(addresses, copy)';
  return name === 'search_keys' ? 'pg_temp.keys_of(search_keys, copy)' : name;
}

/** A date that is known to the day is some days later with every copy; what begins a postcode and a property's number (`inTown`) is each copy's own. An NHS number stays a right one: its ninth digits moved on, and a check digit (NHS data dictionary: modulus 11) that is none but 10. */
const OWN_IDS = `
  CREATE FUNCTION pg_temp.nhs_number_of(number text, copy int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE base bigint := (left(number, 9)::bigint + copy * 100003) % 1000000000; rest int;
  BEGIN
    IF number !~ '^[0-9]{10}$' THEN RETURN number || '.' || copy; END IF;
    LOOP
      SELECT 11 - sum((11 - at) * substr(lpad(base::text, 9, '0'), at, 1)::int) % 11 INTO rest FROM generate_series(1, 9) at;
      IF rest <> 10 THEN RETURN lpad(base::text, 9, '0') || rest % 11; END IF;
      base := (base + 1) % 1000000000;
    END LOOP;
  END $$;
  CREATE FUNCTION pg_temp.identifiers_of(identifiers jsonb, copy int) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(i || jsonb_build_object('value', CASE i ->> 'type' WHEN 'nhs' THEN pg_temp.nhs_number_of(i ->> 'value', copy)
                                                               ELSE (i ->> 'value') || '.' || copy END)), '[]')
    FROM jsonb_array_elements(identifiers) i $$;
  CREATE FUNCTION pg_temp.born(day text, copy int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN length(day) = 10 THEN to_char(day::date + copy * 11, 'YYYY-MM-DD') ELSE day END $$;
  CREATE FUNCTION pg_temp.letter(copy int) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT substr('${LETTERS}', copy + 1, 1) $$;
  CREATE FUNCTION pg_temp.addresses_of(addresses jsonb, copy int) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(a || CASE WHEN a ->> 'postcode' IS NULL THEN '{}' ELSE jsonb_build_object('postcode', pg_temp.letter(copy) || substr(a ->> 'postcode', 2)) END
                       || CASE WHEN a ->> 'uprn' IS NULL THEN '{}' ELSE jsonb_build_object('uprn', (copy + 1) || substr(a ->> 'uprn', 2)) END), addresses)
    FROM jsonb_array_elements(addresses) a $$;
  CREATE FUNCTION pg_temp.keys_of(keys text[], copy int) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(CASE WHEN key LIKE 'i:nhs:%' THEN 'i:nhs:' || pg_temp.nhs_number_of(substr(key, 7), copy)
                          WHEN key ~ '^[ci]:' THEN key || '.' || copy
                          WHEN key LIKE 'p:%' THEN 'p:' || pg_temp.letter(copy) || substr(key, 4)
                          WHEN key LIKE 'd:%' THEN 'd:' || pg_temp.born(substr(key, 3), copy)
                          WHEN key LIKE 'y:%' THEN 'y:' || left(pg_temp.born((SELECT substr(d, 3) FROM unnest(keys) d WHERE d LIKE 'd:%' LIMIT 1), copy), 4)
                          ELSE key END)
    FROM unnest(keys) key $$`;

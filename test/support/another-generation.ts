import type { ReadModelPool } from '#lib/read-model';

/** Makes a copy of the first generation the live one while something is looked at, as after a rebuild. Once per database. */
export async function anotherGeneration(pool: ReadModelPool, look: () => Promise<void>): Promise<void> {
  await pool.query(`
    CREATE SCHEMA read_2;
    DO $$ DECLARE t text; BEGIN
      FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'read_1' LOOP
        EXECUTE format('CREATE TABLE read_2.%I (LIKE read_1.%I INCLUDING ALL)', t, t);
        EXECUTE format('INSERT INTO read_2.%I SELECT * FROM read_1.%I', t, t);
      END LOOP;
    END $$;
    INSERT INTO control.generation (id, schema_name, fold_version, partitions, state) VALUES (2, 'read_2', 1, 2, 'building');
    UPDATE control.generation SET state = 'retired' WHERE id = 1;
    UPDATE control.generation SET state = 'live' WHERE id = 2`);
  try {
    await look();
  } finally {
    await pool.query(
      `UPDATE control.generation SET state = 'retired' WHERE id = 2; UPDATE control.generation SET state = 'live' WHERE id = 1`,
    );
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { type ReadModelPool, tables } from '#lib/read-model';

const LOOK_EVERY_MS = 20;

/** Has PostgreSQL write down under which name a connection came that wrote to a generation. */
export class WhoWrote {
  private constructor(private readonly pool: ReadModelPool) {}

  static async open(pool: ReadModelPool, schema: string): Promise<WhoWrote> {
    await pool.query(`CREATE TABLE public.wrote (schema_name text, name text, PRIMARY KEY (schema_name, name))`);
    await pool.query(`
      CREATE FUNCTION public.note_writer() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO public.wrote SELECT TG_TABLE_SCHEMA, current_setting('application_name')
        WHERE NOT EXISTS (SELECT FROM public.wrote WHERE schema_name = TG_TABLE_SCHEMA AND name = current_setting('application_name'))
        ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$`);
    const all = new WhoWrote(pool);
    await all.watch(schema);
    return all;
  }

  /** As soon as there is such a generation. */
  async watchOnceThere(schema: string): Promise<void> {
    for (;;) {
      const { rows } = await this.pool.query(`SELECT to_regclass($1) AS there`, [`${schema}.tally`]);
      if ((rows as { there: string | null }[])[0]!.there !== null) return this.watch(schema);
      await pause(LOOK_EVERY_MS);
    }
  }

  /** @throws Error where somebody else wrote to one of these generations, or nobody did */
  async only(expected: Readonly<Record<string, string[]>>): Promise<void> {
    const { rows } = await this.pool.query<{ schema_name: string; name: string }>(
      'SELECT schema_name, name FROM public.wrote ORDER BY 1, 2',
    );
    for (const [schema, names] of Object.entries(expected)) {
      const found = rows.filter(({ schema_name }) => schema_name === schema).map(({ name }) => name);
      if (found.join() !== names.join())
        throw new Error(`${schema} was written to by ${found.join(' and ')}, not by ${names.join(' and ')} alone`);
    }
  }

  private async watch(schema: string): Promise<void> {
    for (const { name } of Object.values(tables))
      await this.pool.query(
        `CREATE TRIGGER who_wrote AFTER INSERT OR UPDATE OR DELETE ON ${schema}.${name} FOR EACH STATEMENT EXECUTE FUNCTION public.note_writer()`,
      );
  }
}

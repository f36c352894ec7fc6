import { Client, Pool } from 'pg';
import { migrateState } from '../../../apps/matcher/src/state/migrate-state.js';
import { eventually } from '../../support/eventually.js';
import { textOf } from '../judge/judge-matching.js';

/** A decision that a state held for sending, as decisions stand in the log. */
export interface Noted {
  decision: number;
  text: string;
}

/** The database of the matcher's state, which may be lost or come back from a copy. PostgreSQL writes down in it every decision that it ever held. */
export class StateDatabase {
  /** Names of databases that were the state and are no longer. */
  private readonly lost: string[] = [];

  private constructor(
    readonly url: string,
    private readonly name: string,
  ) {}

  /** @param url of an empty database */
  static async open(url: string): Promise<StateDatabase> {
    const state = new StateDatabase(url, decodeURIComponent(new URL(url).pathname.slice(1)));
    await migrateState(url);
    await state.on((pool) => pool.query(NOTE));
    await state.asAdministrator((client) => copied(client, state.name, `${state.name}-empty`));
    return state;
  }

  /** Connects for this alone: the database may be another by the next time. */
  on<T>(act: (pool: Pool) => Promise<T>): Promise<T> {
    return connected(this.url, act);
  }

  /** Whoever comes next finds an empty state. */
  async lose(): Promise<void> {
    await this.putAside();
    await this.asAdministrator((client) => copied(client, `${this.name}-empty`, this.name));
  }

  /** Nobody may be connected then, nor when it comes back. @returns puts the state back as it is now */
  async copy(): Promise<() => Promise<void>> {
    await this.asAdministrator((client) => copied(client, this.name, `${this.name}-copy`));
    return async () => {
      await this.putAside();
      await this.asAdministrator((client) => copied(client, `${this.name}-copy`, this.name));
    };
  }

  /** What was decided: in the state that is there, and in those that are no longer. */
  async noted(): Promise<{ now: Noted[]; before: Noted[] }> {
    const urls = this.lost.map((name) => Object.assign(new URL(this.url), { pathname: `/${name}` }).href);
    return { now: await connected(this.url, notes), before: (await Promise.all(urls.map((url) => connected(url, notes)))).flat() };
  }

  /** It goes by another name from now on; whoever is connected is put out. */
  private async putAside(): Promise<void> {
    const aside = `${this.name}-lost-${this.lost.length}`;
    await this.asAdministrator(async (client) => {
      const [from, to] = [client.escapeIdentifier(this.name), client.escapeIdentifier(aside)];
      await client.query(`ALTER DATABASE ${from} ALLOW_CONNECTIONS false`);
      await eventually('nobody was connected', async () => {
        await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [this.name]);
        await client.query(`ALTER DATABASE ${from} RENAME TO ${to}`);
        return true;
      });
      await client.query(`ALTER DATABASE ${to} ALLOW_CONNECTIONS true`);
    });
    this.lost.push(aside);
  }

  private async asAdministrator(act: (client: Client) => Promise<unknown>): Promise<void> {
    const client = new Client({ connectionString: Object.assign(new URL(this.url), { pathname: '/postgres' }).href });
    await client.connect();
    try {
      await act(client);
    } finally {
      await client.end();
    }
  }
}

const copied = (client: Client, from: string, to: string) =>
  client.query(`CREATE DATABASE ${client.escapeIdentifier(to)} TEMPLATE ${client.escapeIdentifier(from)}`);

async function connected<T>(url: string, act: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000, application_name: 'drill' });
  pool.on('error', () => undefined);
  try {
    return await act(pool);
  } finally {
    await pool.end();
  }
}

const NOTE = `
  CREATE TABLE public.noted (decision bigint, noted jsonb);
  CREATE FUNCTION public.note_decision() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO public.noted VALUES (NEW.decision, to_jsonb(NEW));
    RETURN NULL;
  END $$;
  CREATE TRIGGER note_decision AFTER INSERT ON matcher.outbox FOR EACH ROW EXECUTE FUNCTION public.note_decision()`;

async function notes(pool: Pool): Promise<Noted[]> {
  const { rows } = await pool.query<{ noted: Record<string, unknown> & { decision: number } }>('SELECT noted FROM public.noted');
  return rows.map(({ noted: { into_person: into, model_version: modelVersion, by_role: by, ...others } }) => ({
    decision: others.decision,
    text: textOf({ ...others, into, modelVersion, by }),
  }));
}

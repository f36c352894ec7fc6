import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import { eventually } from '../../support/eventually.js';

/** A moment that is made certain, as chance would never hit it. */
export interface Moment {
  /** How the text of the statement begins that is to wait. */
  statement: string;
  /** The application_name of whom it must be. */
  by?: string;
  /** A statement that takes the lock for which it alone waits, where it is none that changes rows. */
  lock?: string;
  /** Milliseconds in which it is to come, 60,000 unless said. */
  within?: number;
  /** What was done on the connection that holds it up is kept. */
  commit?: true;
}

/** Holds up a certain statement of somebody and nothing else, then acts while it waits. @param on the database in which they meet */
export async function whileItWaits(
  on: { pool: Pick<Pool, 'connect'> },
  moment: Moment,
  act: (holder: PoolClient) => Promise<unknown>,
): Promise<void> {
  const { statement, lock, within = 60_000 } = moment;
  const holder = await on.pool.connect();
  try {
    if (!lock) await holdUp(holder, moment);
    await holder.query('BEGIN');
    if (lock) await holder.query(lock);
    const waits = async () => (await waitingFor(holder)).some((query) => query.startsWith(statement));
    await eventually(`“${statement} …” waited`, waits, { within });
    await act(holder);
    await holder.query(moment.commit ? 'COMMIT' : 'ROLLBACK');
  } finally {
    // With its session ends what it holds up.
    holder.release(true);
  }
}

/** Texts as they are compared: a query may be laid out in lines. */
const onOneLine = (text: string) => `regexp_replace(ltrim(${text}, E' \\n'), '\\s+', ' ', 'g')`;

/**
 * By a trigger that waits for this session, before a row is touched or locked. Not by a lock of ours on the table or the row: others would wait
 * for it too, and while they were let through, so could be what we wait for. It stays, and waits for nobody once the session has ended.
 */
async function holdUp(holder: PoolClient, { statement, by }: Moment): Promise<void> {
  const [, event, table] = /^(INSERT|UPDATE|DELETE)(?: INTO| FROM)? (\w+\.\w+)/.exec(statement) ?? [];
  if (!event || !table) throw new Error(`“${statement}” changes no rows: say for which lock it waits`);
  await holder.query('SELECT pg_advisory_lock(hashtext($1))', [statement]);
  await holder.query(`
    CREATE OR REPLACE FUNCTION public.held_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF starts_with(${onOneLine('current_query()')}, TG_ARGV[0]) AND current_setting('application_name') LIKE TG_ARGV[1] THEN
        PERFORM pg_advisory_xact_lock_shared(hashtext(TG_ARGV[0]));
      END IF;
      RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER held_up BEFORE ${event} ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION public.held_up(${escapeLiteral(statement)}, ${escapeLiteral(by ?? '%')})`);
}

async function waitingFor(holder: PoolClient): Promise<string[]> {
  // Within a transaction, activity is otherwise shown as it was at the first look.
  await holder.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await holder.query<{ query: string }>(
    `SELECT ${onOneLine('query')} AS query FROM pg_stat_activity
     WHERE datname = current_database() AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
  );
  return rows.map(({ query }) => query);
}

/** Keeps a table from getting an index, and from nothing else. */
export const indexesOf = (id: number) => `LOCK TABLE read_${id}.involvement IN SHARE UPDATE EXCLUSIVE MODE`;

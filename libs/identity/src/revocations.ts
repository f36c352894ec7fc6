import { Pool } from 'pg';
import { DATABASE_CLOCK } from './database-clock.js';
import { TokenRefused } from './errors.js';

/** Stands for every reader and every machine. */
export const EVERYBODY = '*';

const READ_EVERY_MS = 20_000;

/** A directory keeps the capitals of a machine's name, and who takes it back may write it otherwise. */
const spelled = (name: string): string => name.trim().toLowerCase();

/**
 * Takes back what a reader or a machine was given until now: sessions end with the next request, tokens within half a minute. Whoever the
 * directory still knows may come again.
 * @param who user name, name of a machine client, or EVERYBODY
 * @param at milliseconds since 1970; left out, it is now by the database's clock, as with sessions
 */
export async function revoke(pool: Pick<Pool, 'query'>, who: string, at?: number): Promise<void> {
  await pool.query(
    `INSERT INTO session.revoked (who, revoked_at) VALUES ($1, coalesce($2::bigint, ${DATABASE_CLOCK}))
     ON CONFLICT (who) DO UPDATE SET revoked_at = greatest(revoked.revoked_at, excluded.revoked_at)`,
    [spelled(who), at ?? null],
  );
}

/** What was taken back, read every 20 seconds: tokens can't be deleted where they are. While it can't be read, what was read last counts. */
export class Revocations {
  private readonly revoked = new Map<string, number>();
  private readonly timer: NodeJS.Timeout;

  private constructor(private readonly pool: Pool) {
    // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
    pool.on('error', () => undefined);
    this.timer = setInterval(() => void this.read().catch(() => undefined), READ_EVERY_MS).unref();
  }

  /** Reads the list now and from then on; a database that is away is asked again. @param url of the database of sessions */
  static async open(url: string): Promise<Revocations> {
    const opened = new Revocations(
      new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000, query_timeout: 5_000, application_name: 'revocations' }),
    );
    await opened.read().catch(() => undefined);
    return opened;
  }

  async read(): Promise<void> {
    const { rows } = await this.pool.query<{ who: string; at: string }>('SELECT who, revoked_at AS at FROM session.revoked');
    for (const { who, at } of rows) this.revoked.set(spelled(who), Math.max(Number(at), this.revoked.get(spelled(who)) ?? 0));
  }

  /** @param issuedAt milliseconds since 1970 @throws TokenRefused where what was given then has been taken back from one of these */
  check(issuedAt: number, ...names: string[]): void {
    if ([EVERYBODY, ...names].some((name) => issuedAt <= (this.revoked.get(spelled(name)) ?? -1))) throw new TokenRefused('revoked');
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.pool.end();
  }
}

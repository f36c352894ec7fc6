import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/** The lock of the one matcher that writes, in its own database. */
const WRITING = 7_403_002;
const LOOK_AGAIN_MS = 500;
/** Whoever only asks for the lock is told at once. */
const ANSWER_WITHIN_MS = 10_000;

/** Held by at most one process of a deployment; the database lets go of it when the holder's connection ends, however it ends. */
export class WriterLock {
  private constructor(
    private readonly client: Client,
    /** Resolves when the connection, and with it the lock, is gone. */
    readonly lost: Promise<void>,
  ) {}

  /** Waits as long as it takes. @throws what connecting meets, or the reason of the signal */
  static async acquire(url: string, signal: AbortSignal): Promise<WriterLock> {
    const client = new Client({
      connectionString: url,
      application_name: 'matcher-lock',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      // The database misses a holder whose machine is gone as well: else whoever stands by would wait for hours.
      options: '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
      query_timeout: ANSWER_WITHIN_MS,
    });
    const lost = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
    });
    try {
      await client.connect();
      for (;;) {
        const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [WRITING]);
        if (rows[0]?.held) return new WriterLock(client, lost);
        await pause(LOOK_AGAIN_MS, undefined, { signal });
      }
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  async release(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

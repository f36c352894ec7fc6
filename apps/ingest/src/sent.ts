import type { PublishAnswer } from '#lib/events';
import { type Logger, RetryableError } from '#lib/runtime';
import type { Reachable } from './reachable.js';
import type { Door } from './sources/source.js';
import type { Database } from './state/database.js';

/** Who sends, and by which door. */
export interface SentBy {
  door: Door;
  sender: string;
}

interface Tally {
  source: string;
  day: string;
  door: string;
  sender: string;
  accepted: number;
  rejected: number;
  first: Date;
  last: Date;
}

const WRITTEN_EVERY_MS = 1_000;

/** What came by which door, from whom and when: counted by the day, and never what. No event waits for it: what a crash loses of it is a second. */
export class Sent {
  private held = new Map<string, Tally>();
  private readonly writing = setInterval(() => void this.write(), WRITTEN_EVERY_MS).unref();

  constructor(
    private readonly database: Reachable<Database>,
    private readonly logger: Logger,
  ) {}

  note(source: string, { door, sender }: SentBy, { results }: PublishAnswer): void {
    const rejected = results.filter(({ status }) => status === 'rejected').length;
    const now = new Date();
    const tally = { source, day: now.toISOString().slice(0, 10), door, sender, accepted: results.length - rejected, rejected };
    this.add({ ...tally, first: now, last: now });
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.writing);
    await this.write();
  }

  private add(more: Tally): void {
    const key = JSON.stringify([more.source, more.day, more.door, more.sender]);
    const held = this.held.get(key);
    if (!held) this.held.set(key, more);
    else {
      held.accepted += more.accepted;
      held.rejected += more.rejected;
      held.last = more.last;
    }
  }

  private async write(): Promise<void> {
    const tallies = [...this.held.values()];
    if (tallies.length === 0) return;
    this.held = new Map();
    const column = <T>(value: (tally: Tally) => T) => tallies.map(value);
    try {
      await (
        await this.database.get()
      ).query(WRITE, [
        column(({ source }) => source),
        column(({ day }) => day),
        column(({ door }) => door),
        column(({ sender }) => sender),
        column(({ accepted }) => accepted),
        column(({ rejected }) => rejected),
        column(({ first }) => first),
        column(({ last }) => last),
      ]);
    } catch (error) {
      if (!(error instanceof RetryableError)) this.logger.error({ err: error }, 'what was sent could not be counted');
      const since = [...this.held.values()];
      this.held = new Map();
      for (const tally of [...tallies, ...since]) this.add(tally);
    }
  }
}

const WRITE = `
  INSERT INTO ingest.sent AS before
  SELECT * FROM unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[])
  ON CONFLICT (source, day, door, sender) DO UPDATE SET
    accepted = before.accepted + excluded.accepted, rejected = before.rejected + excluded.rejected,
    first_at = least(before.first_at, excluded.first_at), last_at = greatest(before.last_at, excluded.last_at)`;

import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DATABASE_CLOCK } from '#lib/identity';
import type { Pool, PoolClient } from 'pg';
import { type AuditEntry, AuditLog } from '#lib/audit';
import { SESSIONS } from '../providers.js';
import { SIGNING_IN_SECONDS } from './cookies.js';
import type { Reader } from './reader.js';
import { IDLE, LONGEST, OVER } from './sessions.js';

const EVERY_MS = 20_000;

interface Over {
  id: string;
  reader: Reader;
  startedAt: number;
  seenAt: number;
  revoked: boolean;
}

/** Clears away sessions that are over, and puts each on record: idle, at its longest, or revoked. They open nothing already; this only tidies up. */
@Injectable()
export class EndSessions implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(EndSessions.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(SESSIONS) private readonly pool: Pool,
    private readonly audit: AuditLog,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.sweep().catch((error: unknown) => this.logger.warn(error));
    }, EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** On record first, then gone: a session whose end can't be recorded stays where it is. @returns how many ended */
  async sweep(at?: number): Promise<number> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const now = at ?? (await clockOf(client));
      const { rows } = await client.query<Over>(OVER, [now - IDLE, now - LONGEST]);
      await this.audit.record(rows.map((over) => entryOf(over, now)));
      await client.query('DELETE FROM session.session WHERE id = ANY ($1)', [rows.map(({ id }) => id)]);
      await client.query('DELETE FROM session.sign_in WHERE begun_at < $1', [now - SIGNING_IN_SECONDS * 1000]);
      // Nothing that was given before then holds any more.
      await client.query('DELETE FROM session.revoked WHERE revoked_at < $1', [now - LONGEST]);
      await client.query('DELETE FROM session.reason WHERE given_at < $1', [now - LONGEST]);
      await client.query('COMMIT');
      return rows.length;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }
}

async function clockOf(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ now: number }>(`SELECT (${DATABASE_CLOCK})::float8 AS now`);
  return rows[0]!.now;
}

function entryOf({ reader, startedAt, seenAt, revoked }: Over, now: number): AuditEntry {
  const why = revoked ? 'revoked' : startedAt <= now - LONGEST ? 'longest' : 'idle';
  const who = { reader: reader.id, role: reader.role, team: reader.team };
  return {
    at: now,
    action: 'session-ended',
    outcome: 'done',
    requestId: randomUUID(),
    ...who,
    shown: { why, startedAt, lastUsedAt: seenAt },
  };
}

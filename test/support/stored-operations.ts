/** Rows that operators look at, put into the read model directly: a test states only what matters to it. */
import { randomInt, randomUUID } from 'node:crypto';
import type { ListedGeneration, OperatorRequest, ReadModelPool } from '#lib/read-model';

export const MINUTE = 60_000;

export class StoredOperations {
  constructor(readonly pool: ReadModelPool) {}

  async day(source: string, day: string, o: { onTime?: number; late?: number; events?: number } = {}): Promise<void> {
    await this.pool.query(
      `INSERT INTO control.source_day (source, day, minutes_on_time, minutes_late, events, records_held, open_held)
       VALUES ($1, $2, $3, $4, $5, 120, 40)`,
      [source, day, o.onTime ?? 1_440, o.late ?? 0, o.events ?? 96],
    );
  }

  /** A month of a source that stumbled a few times: 24 days on time, 3 late, 2 missing, 1 not watched; and an alarm. */
  async aMonthOf(source: string): Promise<void> {
    for (let back = 0; back < 29; back += 1) {
      const day = new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
      if (back === 9 || back === 10) await this.day(source, day, { onTime: 0, late: 1_440, events: 0 });
      else await this.day(source, day, back % 10 === 3 ? { onTime: 1_400, late: 40 } : {});
    }
    await this.alarm('records-dropped', source, { since: Date.now() - 30 * MINUTE });
  }

  async alarm(code: string, source: string | null, o: { since?: number; cleared?: boolean } = {}): Promise<void> {
    await this.pool.query(
      `INSERT INTO control.alarm (id, code, source, since, details, cleared_at)
       VALUES (gen_random_uuid(), $1, $2, to_timestamp($3 / 1000.0), '{"seconds": 7200}', CASE WHEN $4 THEN now() END)`,
      [code, source, o.since ?? Date.now(), o.cleared ?? false],
    );
  }

  async progress(source: string, o: { publishedAt?: number; took?: number; partition?: number } = {}): Promise<void> {
    const published = o.publishedAt ?? Date.now();
    await this.pool.query(
      `INSERT INTO read_1.source_progress (source, partition, newest_published_at, newest_occurred_at, applied_at, events)
       VALUES ($1, $2, $3, $3, $3 + $4::bigint, 10)
       ON CONFLICT (source, partition) DO UPDATE SET newest_published_at = excluded.newest_published_at, applied_at = excluded.applied_at`,
      [source, o.partition ?? 0, published, o.took ?? 300],
    );
  }

  async parked(o: { source?: string | null; code?: string; at?: number; attempts?: number; subject?: string } = {}): Promise<void> {
    const { source = 'mosaic', code = 'undecodable', at = Date.now(), attempts = 1 } = o;
    await this.pool.query(
      `INSERT INTO read_1.parked (topic, partition, log_offset, subject, source, code, expected, actual, bytes, parked_at, attempts)
       VALUES ('involvement-log', 0, $1, $2, $3, $4, 'an envelope', 'noise', '\\x00', $5, $6)`,
      [randomInt(1, 1_000_000), o.subject ?? randomUUID(), source, code, at, attempts],
    );
  }

  async tally(source: string, day: string, counts: Partial<Record<(typeof COUNTS)[number], number>>, partition = 0): Promise<void> {
    await this.pool.query(
      `INSERT INTO read_1.tally (topic, partition, source, day, ${COUNTS.join()}) VALUES ('involvement-log', $9, $1, $2, $3, $4, $5, $6, $7, $8)`,
      [source, day, ...COUNTS.map((count) => counts[count] ?? 0), partition],
    );
  }

  async checkpoint(nextOffset: number, partition = 0): Promise<void> {
    await this.pool.query(
      `INSERT INTO read_1.checkpoint (topic, partition, next_offset) VALUES ('involvement-log', $2, $1)
       ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
      [nextOffset, partition],
    );
  }

  /** A generation beside the first, live one. @returns its number */
  async generation(o: Partial<Omit<ListedGeneration, 'id'>> = {}): Promise<number> {
    const { state = 'ready', stage = 'built', wanted = 'run', throttle = null, eventsDone = 0, eventsTotal = null } = o;
    const { rows } = await this.pool.query<{ id: number }>(
      `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage, wanted, throttle, events_done, events_total,
              per_second, progress_at, failure)
       SELECT max(id) + 1, 'read_' || max(id) + 1, 1, 2, $1, $2, $3, $4, $5, $6, $7, now(), $8 FROM control.generation RETURNING id`,
      [state, stage, wanted, throttle, eventsDone, eventsTotal, o.perSecond ?? null, o.failure ?? null],
    );
    const { id } = rows[0]!;
    await this.pool.query(`CREATE SCHEMA IF NOT EXISTS read_${id}`);
    await this.pool.query(`CREATE TABLE IF NOT EXISTS read_${id}.checkpoint (LIKE read_1.checkpoint INCLUDING ALL)`);
    return id;
  }

  async request(o: Partial<OperatorRequest> = {}): Promise<string> {
    const id = o.id ?? randomUUID();
    await this.pool.query(
      `INSERT INTO control.request (id, verb, arguments, asked_by, reason, asked_at, state, taken_at, ended_at, progress, outcome)
       VALUES ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0), $7, to_timestamp($8 / 1000.0), to_timestamp($9 / 1000.0), $10, $11)`,
      [
        id,
        o.verb ?? 'redrive',
        o.arguments ?? {},
        o.askedBy ?? 'ola.berg',
        o.reason ?? 'to see',
        o.askedAt ?? Date.now(),
        o.state ?? 'waiting',
        o.takenAt ?? null,
        o.endedAt ?? null,
        o.progress ?? null,
        o.outcome ?? null,
      ],
    );
    return id;
  }

  async comparison(o: { id: string; beside: number | null; share?: number; rows?: number; fields?: string[] }): Promise<void> {
    const fields = o.fields ?? [];
    await this.pool.query(
      'INSERT INTO control.comparison (id, generation, beside, share, rows_compared, differences) VALUES ($1, 1, $2, $3, $4, $5)',
      [o.id, o.beside, o.share ?? 1, o.rows ?? 100, fields.length],
    );
    for (const field of fields)
      await this.pool.query(`INSERT INTO control.difference VALUES ($1, 'involvement', 'a1b2c3d4e5f6', $2, $3, NULL, '0123456789ab')`, [
        o.id,
        randomUUID(),
        field,
      ]);
  }

  /** As it was at first: one live generation, nothing asked, nothing parked. */
  async clear(): Promise<void> {
    const { rows } = await this.pool.query<{ schema: string }>(
      `SELECT schema_name AS schema FROM control.generation WHERE id > 1 AND state <> 'dropped'`,
    );
    for (const { schema } of rows) await this.pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await this.pool.query(`
      DELETE FROM control.generation WHERE id > 1; UPDATE control.generation SET state = 'live';
      TRUNCATE control.request, control.difference, control.comparison;
      TRUNCATE read_1.parked, read_1.tally, read_1.checkpoint, read_1.source_progress;
      TRUNCATE control.source_day, control.alarm, control.rejected`);
  }
}

const COUNTS = ['received', 'applied', 'superseded', 'erased', 'parked', 'discarded'] as const;

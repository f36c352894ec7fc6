import type { Reachable } from '../reachable.js';
import type { Database } from '../state/database.js';

/** How much of a table would end or be taken back, of how much that could. */
export interface Gone {
  table: string;
  gone: number;
  all: number;
}

/** A snapshot that is to be compared with what was published, once it is whole. */
export interface PendingSnapshot {
  /** Whatever the source still holds was seen at this place of the topic or later. */
  from: number;
  /** A row is refused that nobody can name: whatever seems to be gone may be in it. */
  unnamed: boolean;
  /** Of every table, where it waits for a person. */
  held: Gone[] | null;
  approved: boolean;
}

/** Where the newest snapshot is in the topic, by offsets; null where there was none, or nothing behind it yet. */
export interface SnapshotPlace {
  began: number | null;
  /** The first row of the stream behind its beginning: it is over. */
  streamed: number | null;
}

export interface RefusedRow {
  hash: Buffer;
  unnamed: boolean;
  table: string;
  problems: readonly { column: string; rule: string }[];
}

/** Where capturing stands: its statements. */
export class CaptureState {
  constructor(private readonly database: Reachable<Database>) {}

  /** @param epoch in another one, offsets are those of another topic */
  async snapshotPlace(source: string, epoch: number): Promise<SnapshotPlace> {
    const [found] = await this.query<SnapshotPlace>(
      'SELECT snapshot_began AS began, streamed_from AS streamed FROM ingest.captured WHERE source = $1 AND epoch = $2',
      [source, epoch],
    );
    return found ?? { began: null, streamed: null };
  }

  async beginSnapshot(source: string, epoch: number, from: number): Promise<void> {
    await this.query('UPDATE ingest.captured_refused SET seen = false WHERE source = $1', [source]);
    await this.query(
      `INSERT INTO ingest.captured (source, epoch, snapshot_began, snapshot_from) VALUES ($1, $2, $3, $3)
       ON CONFLICT (source) DO UPDATE SET epoch = $2, snapshot_began = $3, snapshot_from = $3, streamed_from = NULL,
         held = NULL, approved_by = NULL`,
      [source, epoch, from],
    );
  }

  async noteStream(source: string, offset: number): Promise<void> {
    await this.query('UPDATE ingest.captured SET streamed_from = $2 WHERE source = $1', [source, offset]);
  }

  /** Everything committed at the source until then has come. */
  async hear(source: string, at: Date): Promise<void> {
    await this.query(
      'INSERT INTO ingest.captured (source, heard_at) VALUES ($1, $2) ON CONFLICT (source) DO UPDATE SET heard_at = excluded.heard_at',
      [source, at],
    );
  }

  async pending(source: string): Promise<PendingSnapshot | undefined> {
    const [found] = await this.query<PendingSnapshot>(
      `SELECT snapshot_from AS "from", held, approved_by IS NOT NULL AS approved,
         EXISTS (SELECT FROM ingest.captured_refused refused WHERE refused.source = captured.source AND seen AND unnamed) AS unnamed
       FROM ingest.captured WHERE source = $1 AND snapshot_from IS NOT NULL`,
      [source],
    );
    return found;
  }

  /** Until operations approve just that: `ops snapshots`. */
  async hold(source: string, held: readonly Gone[]): Promise<void> {
    await this.query('UPDATE ingest.captured SET held = $2, approved_by = NULL WHERE source = $1', [source, JSON.stringify(held)]);
  }

  /** Refused rows that it does not hold are no longer there. */
  async endSnapshot(source: string): Promise<void> {
    await this.query('DELETE FROM ingest.captured_refused WHERE source = $1 AND NOT seen', [source]);
    await this.query('UPDATE ingest.captured SET snapshot_from = NULL, held = NULL, approved_by = NULL WHERE source = $1', [source]);
  }

  /** Rows that are refused as they are now, and rows that no longer are. */
  async noteRows(source: string, refused: readonly RefusedRow[], good: readonly Buffer[]): Promise<void> {
    if (good.length > 0) await this.query('DELETE FROM ingest.captured_refused WHERE source = $1 AND row_hash = ANY ($2)', [source, good]);
    if (refused.length === 0) return;
    await this.query(
      `INSERT INTO ingest.captured_refused (source, row_hash, table_name, problems, unnamed)
       SELECT $1, * FROM unnest($2::bytea[], $3::text[], $4::jsonb[], $5::boolean[])
       ON CONFLICT (source, row_hash) DO UPDATE SET problems = excluded.problems, unnamed = excluded.unnamed, seen = true`,
      [
        source,
        refused.map(({ hash }) => hash),
        refused.map(({ table }) => table),
        refused.map(({ problems }) => JSON.stringify(problems)),
        refused.map(({ unnamed }) => unnamed),
      ],
    );
  }

  async refusedRows(source: string): Promise<number> {
    const [counted] = await this.query<{ rows: number }>('SELECT count(*) AS rows FROM ingest.captured_refused WHERE source = $1', [
      source,
    ]);
    return counted!.rows;
  }

  private async query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    return (await this.database.get()).query<Row>(text, values);
  }
}

import type { Reachable } from '../reachable.js';
import type { Database } from '../state/database.js';
import type { FileState, Receipt, ReceivedFile } from './received-file.js';

type NewFile = Omit<ReceivedFile, 'receivedAt' | 'confirmedBy' | 'approvedBy' | 'publishedAt' | 'receipt'>;
export type ListedFile = Omit<ReceivedFile, 'problems'>;

/** Files nobody confirms are let go after this long, their content with them. */
const WAITS_DAYS = 7;
const LISTED_AT_MOST = 200;

/** The table of files that were sent: its statements. */
export class ReceivedFiles {
  constructor(private readonly database: Reachable<Database>) {}

  async add(file: NewFile): Promise<ReceivedFile> {
    const [added] = await (
      await this.database.get()
    ).query<ReceivedFile>(
      `INSERT INTO ingest.file (id, source, table_name, complete, exported_at, sha256, bytes, encoding, received_from, state, preview, problems, compared_with)
       VALUES ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8, $9, $10, $11, $12, $13) RETURNING ${COLUMNS}, problems`,
      [
        file.id,
        file.source,
        file.table,
        file.complete,
        file.exportedAt,
        file.sha256,
        file.bytes,
        file.encoding,
        file.receivedFrom,
        file.state,
        JSON.stringify(file.preview),
        JSON.stringify(file.problems),
        file.comparedWith,
      ],
    );
    return added!;
  }

  async find(source: string, id: string): Promise<ReceivedFile | undefined> {
    const rows = await (
      await this.database.get()
    ).query<ReceivedFile>(`SELECT ${COLUMNS}, problems FROM ingest.file WHERE source = $1 AND id = $2`, [source, id]);
    return rows[0];
  }

  /** Newest first. */
  async list(source: string): Promise<ListedFile[]> {
    return (await this.database.get()).query<ListedFile>(
      `SELECT ${COLUMNS} FROM ingest.file WHERE source = $1 ORDER BY received_at DESC LIMIT ${LISTED_AT_MOST}`,
      [source],
    );
  }

  /** The newest of a table that was published, or is being published. */
  async lastPublished(source: string, table: string): Promise<ListedFile | undefined> {
    const rows = await (
      await this.database.get()
    ).query<ListedFile>(
      `SELECT ${COLUMNS} FROM ingest.file WHERE source = $1 AND table_name = $2 AND state IN ('published', 'publishing')
       ORDER BY exported_at DESC, published_at DESC NULLS FIRST LIMIT 1`,
      [source, table],
    );
    return rows[0];
  }

  /**
   * For each table until when it is known whole: the newest export between which and the last complete file before it no row was refused in any file.
   * @param id a file that is not published yet and counts as if it were
   * @returns microseconds since 1970 by table
   */
  async completeTo(source: string, id: string): Promise<Map<string, number>> {
    const rows = await (
      await this.database.get()
    ).query<{ table: string; position: number }>(
      `WITH told AS (
         SELECT table_name, exported_at, complete,
                coalesce((receipt->'counts'->>'refused')::int + (receipt->'counts'->>'unreadable')::int, 0) = 0 AS clean
         FROM ingest.file WHERE source = $1 AND (state = 'published' OR id = $2))
       SELECT table_name AS table, max(exported_at) AS position FROM told AS this
       WHERE EXISTS (
         SELECT FROM told AS whole
         WHERE whole.table_name = this.table_name AND whole.complete AND whole.exported_at <= this.exported_at
           AND NOT EXISTS (SELECT FROM told AS bad WHERE bad.table_name = this.table_name AND NOT bad.clean
                           AND bad.exported_at BETWEEN whole.exported_at AND this.exported_at))
       GROUP BY table_name`,
      [source, id],
    );
    return new Map(rows.map(({ table, position }) => [table, position]));
  }

  /** @returns false where it was in another state meanwhile */
  async move(id: string, from: FileState, to: FileState, who: { confirmedBy?: string; approvedBy?: string } = {}): Promise<boolean> {
    const moved = await (
      await this.database.get()
    ).query(
      `UPDATE ingest.file SET state = $3, confirmed_by = coalesce($4, confirmed_by), approved_by = coalesce($5, approved_by)
       WHERE id = $1 AND state = $2 RETURNING id`,
      [id, from, to, who.confirmedBy ?? null, who.approvedBy ?? null],
    );
    return moved.length === 1;
  }

  /** Published: its content is no longer needed. */
  async finish(id: string, receipt: Receipt): Promise<void> {
    await (
      await this.database.get()
    ).transaction(async (inside) => {
      await inside.query(`UPDATE ingest.file SET state = 'published', published_at = now(), receipt = $2 WHERE id = $1`, [
        id,
        JSON.stringify(receipt),
      ]);
      await inside.query('DELETE FROM ingest.file_part WHERE file = $1', [id]);
    });
  }

  /** Lets go of what nobody confirmed in time, and of content whose file never came whole. */
  async letGo(): Promise<void> {
    await (
      await this.database.get()
    ).query(
      `WITH old AS (
         UPDATE ingest.file SET state = 'let-go' WHERE state IN ('waiting', 'waiting-for-second') AND received_at < now() - interval '${WAITS_DAYS} days' RETURNING id
       )
       DELETE FROM ingest.file_part AS part WHERE file IN (SELECT id FROM old)
         OR (kept_at < now() - interval '1 day' AND NOT EXISTS (SELECT FROM ingest.file WHERE file.id = part.file))`,
    );
  }
}

const COLUMNS = `id, source, table_name AS "table", complete, exported_at AS "exportedAt", encode(sha256, 'hex') AS sha256, bytes, encoding,
  received_at AS "receivedAt", received_from AS "receivedFrom", state, preview, compared_with AS "comparedWith", confirmed_by AS "confirmedBy",
  approved_by AS "approvedBy", published_at AS "publishedAt", receipt`;

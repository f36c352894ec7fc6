import type { Service } from '#lib/events';
import type { FactKind, RowVersion } from '../rows/fact.js';
import type { Queryable } from '../state/database.js';
import type { Said } from './digests.js';

/** What is remembered of one fact. */
export interface RememberedFact extends Said, RowVersion {
  /** Keyed hash of its kind and id. */
  fact: Buffer;
  kind: FactKind;
  service: Service | null;
  subject: string;
  open: boolean;
  /** The fact's id and its record's, sealed with the record's key. */
  ids: Buffer;
}

/** Facts of a table: a kind, and of involvements a service. */
export interface FactsOfTable {
  kind: FactKind;
  service: Service | null;
}

/** The table of what was published: its statements. */
export class Remembered {
  constructor(private readonly database: Queryable) {}

  async of(source: string, facts: readonly Buffer[]): Promise<Map<string, RememberedFact>> {
    const rows =
      facts.length === 0
        ? []
        : await this.database.query<RememberedFact>(`${SELECT} WHERE source = $1 AND fact = ANY ($2)`, [source, facts]);
    return new Map(rows.map((row) => [nameOf(row.fact), row]));
  }

  /** Whoever knows a newer version stays as it is. */
  keep(source: string, facts: readonly RememberedFact[]): Promise<void> {
    return this.write(KEEP, source, facts);
  }

  /** These are about to be published: what is remembered of them is believed no more, whatever is said next, until it is kept. */
  doubt(source: string, facts: readonly RememberedFact[]): Promise<void> {
    return this.write(
      DOUBT,
      source,
      facts.map((fact) => ({ ...fact, details: null, ending: null })),
    );
  }

  /** Facts in one order, so that two batches never deadlock. */
  private async write(statement: string, source: string, facts: readonly RememberedFact[]): Promise<void> {
    if (facts.length === 0) return;
    const sorted = facts.toSorted((a, b) => Buffer.compare(a.fact, b.fact));
    const column = <T>(value: (fact: RememberedFact) => T) => sorted.map(value);
    await this.database.query(statement, [
      source,
      column(({ fact }) => fact),
      column(({ kind }) => kind),
      column(({ service }) => service),
      column(({ subject }) => subject),
      column(({ epoch }) => epoch),
      column(({ position }) => position),
      column(({ details }) => details),
      column(({ ending }) => ending),
      column(({ open }) => open),
      column(({ ids }) => ids),
    ]);
  }

  /** They were still there at these places, unchanged: whoever knows a newer version stays as it is. */
  async seen(source: string, epoch: number, facts: readonly { fact: Buffer; position: number }[]): Promise<void> {
    if (facts.length === 0) return;
    const sorted = facts.toSorted((a, b) => Buffer.compare(a.fact, b.fact));
    await this.database.query(SEEN, [source, epoch, sorted.map(({ fact }) => fact), sorted.map(({ position }) => position)]);
  }

  async forget(source: string, facts: readonly Buffer[]): Promise<void> {
    if (facts.length > 0) await this.database.query('DELETE FROM ingest.remembered WHERE source = $1 AND fact = ANY ($2)', [source, facts]);
  }

  async forgetAll(source: string): Promise<void> {
    await this.database.query('DELETE FROM ingest.remembered WHERE source = $1', [source]);
  }

  /** All facts of a table, in batches and in the order of their names. */
  async *allOf(source: string, { kind, service }: FactsOfTable, batch = 2_000): AsyncGenerator<RememberedFact[]> {
    let after: Buffer = Buffer.alloc(0);
    for (;;) {
      const rows = await this.database.query<RememberedFact>(
        `${SELECT} WHERE source = $1 AND fact > $2 AND kind = $3 AND service IS NOT DISTINCT FROM $4 ORDER BY fact LIMIT $5`,
        [source, after, kind, service, batch],
      );
      if (rows.length > 0) yield rows;
      if (rows.length < batch) return;
      after = rows.at(-1)!.fact;
    }
  }

  /** How many facts of a table are remembered, and how many of them are open. */
  async counts(source: string, { kind, service }: FactsOfTable): Promise<{ facts: number; open: number }> {
    const [counted] = await this.database.query<{ facts: number; open: number }>(
      `SELECT count(*) AS facts, count(*) FILTER (WHERE is_open) AS open
       FROM ingest.remembered WHERE source = $1 AND kind = $2 AND service IS NOT DISTINCT FROM $3`,
      [source, kind, service],
    );
    return counted!;
  }
}

/** A keyed hash as a key of a Map. */
export const nameOf = (fact: Buffer): string => fact.toString('latin1');

const SELECT = `SELECT fact, kind, service, subject, epoch, position, details, ending, is_open AS open, ids FROM ingest.remembered`;
const WRITE = `
  INSERT INTO ingest.remembered AS kept (source, fact, kind, service, subject, epoch, position, details, ending, is_open, ids)
  SELECT $1, * FROM unnest($2::bytea[], $3::text[], $4::text[], $5::uuid[], $6::int[], $7::bigint[], $8::bytea[], $9::bytea[], $10::boolean[], $11::bytea[])
  ON CONFLICT (source, fact) DO UPDATE SET`;
const KEEP = `${WRITE}
    kind = excluded.kind, service = excluded.service, subject = excluded.subject, epoch = excluded.epoch, position = excluded.position,
    details = excluded.details, ending = excluded.ending, is_open = excluded.is_open, ids = excluded.ids
  WHERE (excluded.epoch, excluded.position) >= (kept.epoch, kept.position)`;
/** The version stays: a second try of the same one goes through. */
const DOUBT = `${WRITE} details = NULL, ending = NULL`;
const SEEN = `
  UPDATE ingest.remembered AS kept SET position = seen.position
  FROM (SELECT fact, max(position) AS position FROM unnest($3::bytea[], $4::bigint[]) AS given (fact, position) GROUP BY fact) AS seen
  WHERE kept.source = $1 AND kept.epoch = $2 AND kept.fact = seen.fact AND kept.position < seen.position`;

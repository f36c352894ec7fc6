import type { PoolClient, QueryResult } from 'pg';
import type { Generation, ReadModelPool } from '#lib/read-model';
import type { Authority } from './authority.js';
import type { AuditedQuery } from './audited-query.js';
import { readFreshness } from './read-freshness.js';
import type { SourceFreshness } from './source-freshness.js';

/** A statement of a query file. Tables are named without a schema: the snapshot looks in its own generation. With a name it is prepared once per connection. */
export interface Statement {
  name?: string;
  text: string;
}

/** One generation at one instant: everything a question reads comes from here, and nothing after it is closed. */
export interface Snapshot {
  readonly generation: Pick<Generation, 'id' | 'partitions'>;
  readonly authority: Authority;
  /** Milliseconds since 1970; what "now" is throughout the answer. */
  readonly now: number;
  readonly sources: SourceFreshness[];
  rows<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /** Which records an answer about a person was made of, for the audit log. */
  madeOf(person: string, subjects: string[]): void;
  readonly subjectsOf: ReadonlyMap<string, string[]>;
}

const held = new WeakMap<AuditedQuery<unknown>, Snapshot>();

/** The snapshot a query is being asked in. A query that nobody asks has none and so can read nothing. */
export function snapshotOf(query: AuditedQuery<unknown>): Snapshot {
  const snapshot = held.get(query);
  if (snapshot === undefined) throw new Error(`${query.constructor.name} was run without being asked: there is no snapshot to read from.`);
  return snapshot;
}

/** Runs a query inside one read-only snapshot on the live generation, and closes it before returning. */
export async function inSnapshot<Result>(
  reads: ReadModelPool,
  authority: Authority,
  query: AuditedQuery<Result>,
  run: () => Promise<Result>,
): Promise<{ result: Result; snapshot: Snapshot }> {
  const client = await reads.connect();
  let broken: Error | undefined;
  try {
    const snapshot = await open(client, authority);
    held.set(query, snapshot);
    const result = await run();
    await client.query('COMMIT');
    return { result, snapshot };
  } catch (error) {
    broken = error instanceof Error ? error : new Error('something that is no Error was thrown');
    throw error;
  } finally {
    held.delete(query);
    // A connection that failed is thrown away rather than rolled back: nothing of it may reach the next reader.
    client.release(broken);
  }
}

async function open(client: PoolClient, authority: Authority): Promise<Snapshot> {
  const now = Date.now();
  const rows = async <Row>({ name, text }: Statement, values: unknown[]): Promise<Row[]> =>
    (await client.query({ name, text, values })).rows as Row[];
  const [generation] = await live(client);
  if (generation === undefined) throw new NoGeneration();
  const subjectsOf = new Map<string, string[]>();
  const sources = await readFreshness(rows, generation.partitions, authority, now);
  return { generation, authority, now, sources, rows, subjectsOf, madeOf: (person, subjects) => subjectsOf.set(person, subjects) };
}

/** No build of the read model is live: the migrations have not run. */
export class NoGeneration extends Error {}

/**
 * Reads which generation is live and looks there for the rest of the transaction, in one step. Questions are short: compiling a plan
 * would take longer than running it, and planning again for every person too.
 */
const BEGIN = `
  BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL statement_timeout = '5s'; SET LOCAL jit = off; SET LOCAL plan_cache_mode = force_generic_plan;
  SELECT id, partitions, set_config('search_path', schema_name, true) FROM control.generation WHERE state = 'live'`;

async function live(client: PoolClient): Promise<Generation[]> {
  const results = (await client.query(BEGIN)) as unknown as QueryResult<Generation>[];
  return results.at(-1)!.rows;
}

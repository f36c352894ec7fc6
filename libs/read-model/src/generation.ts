import { createIndexStatements, createTableStatement } from './create-table.js';
import { tables } from './tables.js';

/** Changes whenever the same log would fold to other rows: a projection, a table or the normalisation of names has changed. */
export const FOLD_VERSION = 1;

/** One build of the read model, in a schema of its own. */
export interface Generation {
  id: number;
  schema: string;
  /** Partitions of the logs it was folded from. */
  partitions: number;
  /** Version of the projections it was folded by; code of another version must not write to it. */
  foldVersion: number;
}

/** Anything that runs a statement: a pool, a client inside a transaction. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** Thrown where no generation is live: the migrations have not run. */
export class NoLiveGenerationError extends Error {
  readonly code = 'no-live-generation';
  readonly retriable = true;
  override readonly name = 'NoLiveGenerationError';
  constructor() {
    super('Expected one live generation of the read model, found none. Run the migrations first.');
  }
}

/**
 * The generation that readers see. Ask for it inside the snapshot that reads, so that an answer never mixes two.
 * @throws NoLiveGenerationError before the first migration.
 */
export async function liveGeneration(client: Queryable): Promise<Generation> {
  const { rows } = await client.query(
    `SELECT id, schema_name AS schema, partitions, fold_version AS "foldVersion" FROM control.generation WHERE state = 'live'`,
  );
  const [live] = rows as Generation[];
  if (!live) throw new NoLiveGenerationError();
  return live;
}

/** Creates an empty generation, `read_<id>`, with its tables and indexes, and lists it as live: the first one of a deployment. */
export async function createFirstGeneration(client: Queryable, o: { id: number; partitions: number }): Promise<void> {
  const schema = `read_${o.id}`;
  await createGenerationTables(client, schema);
  await createGenerationIndexes(client, schema);
  await client.query(
    `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage, live_since)
     VALUES ($1, $2, $3, $4, 'live', 'built', now())`,
    [o.id, schema, FOLD_VERSION, o.partitions],
  );
}

/** A schema with all tables of a generation, without their secondary indexes. */
export async function createGenerationTables(client: Queryable, schema: string): Promise<void> {
  await client.query(`CREATE SCHEMA ${schema}`);
  for (const table of Object.values(tables)) await client.query(createTableStatement(schema, table));
}

/** The secondary indexes of all tables, those that are not there yet. @param onEach told before each statement */
export async function createGenerationIndexes(
  client: Queryable,
  schema: string,
  onEach?: (statement: string) => Promise<void>,
): Promise<void> {
  for (const table of Object.values(tables))
    for (const statement of createIndexStatements(schema, table)) {
      await onEach?.(statement);
      await client.query(statement);
    }
}

import type { PoolClient } from 'pg';
import { COLUMN_NAMES } from './extract-columns.js';
import { type ExtractProblems, readExtract } from './read-extract.js';

const ROWS_AT_ONCE = 5_000;
const TWICE_TOLD_AT_MOST = 100;

/** Reads an extract into a table that goes with the transaction, in pieces, whatever its size. @returns its rows */
export async function loadExtract(client: PoolClient, file: string, problems: ExtractProblems): Promise<number> {
  await client.query(`CREATE TEMP TABLE extract (${COLUMN_NAMES.map((name) => `${name} text`).join(', ')}, row int) ON COMMIT DROP`);
  let rows = 0;
  let piece: unknown[][] = [];
  const write = async () => {
    const columns = [...COLUMN_NAMES, 'row'].map((_, at) => piece.map((cells) => cells[at]));
    await client.query({ name: 'load extract', text: INSERT, values: columns });
    rows += piece.length;
    piece = [];
  };
  for await (const read of readExtract(file, problems)) {
    // Nothing is done with a file that has problems; the rest is read only to tell them all.
    if (problems.count > 0) continue;
    piece.push([...COLUMN_NAMES.map((name) => read[name]), read.row]);
    if (piece.length === ROWS_AT_ONCE) await write();
  }
  if (problems.count > 0) return rows;
  if (piece.length > 0) await write();
  await client.query('ANALYZE extract');
  await noteTwice(client, problems);
  return rows;
}

const INSERT = `INSERT INTO extract SELECT * FROM unnest(${COLUMN_NAMES.map((_, at) => `$${at + 1}::text[]`).join(', ')}, $${COLUMN_NAMES.length + 1}::int[])`;

async function noteTwice(client: PoolClient, problems: ExtractProblems): Promise<void> {
  const { rows } = await client.query<{ first: number; row: number }>(
    `SELECT first, row FROM (SELECT row, min(row) OVER (PARTITION BY involvement_id) AS first FROM extract) AS numbered
     WHERE row > first ORDER BY row LIMIT ${TWICE_TOLD_AT_MOST}`,
  );
  for (const { first, row } of rows) problems.add({ row, column: 'involvement_id', expected: `another one than in row ${first}` });
}

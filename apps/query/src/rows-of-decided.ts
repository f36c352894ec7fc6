import type { ReadModelPool } from '#lib/read-model';
import { ReadModelUnavailable } from './errors.js';

/** The rows of a statement on what is decided by hand, which stands outside every generation. Throws ReadModelUnavailable. */
export async function rowsOfDecided<Row extends object>(pool: ReadModelPool, statement: string, values: unknown[] = []): Promise<Row[]> {
  try {
    return (await pool.query<Row>(statement, values)).rows;
  } catch (error) {
    throw new ReadModelUnavailable(error);
  }
}

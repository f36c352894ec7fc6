import { factTables, type Queryable, type Table, tables } from '#lib/read-model';
import type { RequestWork } from '../upkeep/request-work.js';
import { compareTable, type DifferingRow, type TwoSchemas } from './compare-table.js';
import { type LogBetween, logBetween } from './log-between.js';

export interface SchemasCompared {
  rows: number;
  differences: number;
  examples: DifferingRow[];
  /** Records that changed during every look, and were not compared. */
  undecided: number;
}

const LOOKS = 10;

/**
 * Compares the fact tables of two generations as they are at the same offsets. The two fold independently, so at any instant one is a few
 * events ahead: rows of the records those events are about are left out of the look, and looked at again in the next one.
 * @param o.subjects compare these records alone; null: all
 * @param o.tables leave the others out @param o.looks how often to look at what keeps changing
 */
export async function compareSchemas(
  work: RequestWork,
  schemas: TwoSchemas,
  o: { subjects: readonly string[] | null; tables?: readonly Table[]; looks?: number },
): Promise<SchemasCompared> {
  const result: SchemasCompared = { rows: 0, differences: 0, examples: [], undecided: 0 };
  let subjects = o.subjects;
  let wanted = [...(o.tables ?? factTables)];
  for (let look = 1; look <= (o.looks ?? LOOKS) && !work.signal.aborted; look += 1) {
    const seen = await inOneSnapshot(work, async (client) => {
      const between = await logBetween(work, client, schemas.here, schemas.there);
      const still = wanted.filter((table) => isPerRecord(table) || standsStill(work, table, between));
      for (const table of still) add(result, await compareTable(client, schemas, table, { only: subjects, except: [...between.touched] }));
      return { between, still };
    });
    const chosen = subjects && new Set(subjects);
    subjects = [...seen.between.touched].filter((subject) => chosen?.has(subject) ?? true);
    wanted = wanted.filter((table) => !seen.still.includes(table) || (isPerRecord(table) && subjects!.length > 0));
    result.undecided = subjects.length;
    await work.progress({ rows: result.rows, differences: result.differences, undecided: result.undecided });
    if (wanted.length === 0) return result;
  }
  return result;
}

const isPerRecord = (table: Table) => 'subject' in table.key || Object.values(table.registers).some((columns) => 'subject' in columns);

/** Tables that are not about records are compared when nothing is under way in the log they come from. */
function standsStill({ logs }: RequestWork, table: Table, { ranges }: LogBetween): boolean {
  const from = table === tables.coverage ? logs.topics.involvementLog : logs.topics.identityLog;
  return !ranges.some(({ topic }) => topic === from);
}

function add(result: SchemasCompared, compared: { rows: number; differing: number; examples: DifferingRow[] }): void {
  result.rows += compared.rows;
  result.differences += compared.differing;
  result.examples.push(...compared.examples);
}

async function inOneSnapshot<Result>({ control }: RequestWork, look: (client: Queryable) => Promise<Result>): Promise<Result> {
  const client = await control.connect();
  try {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL enable_seqscan = on; SET LOCAL work_mem = '64MB'`);
    const result = await look(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

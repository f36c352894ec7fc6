import { setTimeout as pause } from 'node:timers/promises';
import { factTables, type Queryable, type Table } from '#lib/read-model';
import { interruptible } from '../interruptible.js';
import type { RequestWork } from '../upkeep/request-work.js';
import { compareTable, type DifferingRow, rowsAgain, type TwoSchemas } from './compare-table.js';
import { type Places, placesOf, standsPast } from './places.js';

export interface SchemasCompared {
  /** Rows that were found the same, or different. */
  rows: number;
  differences: number;
  examples: DifferingRow[];
  /** Rows that differed in every look and changed between looks, or that were too many to look at again. */
  undecided: number;
}

/** A row that differed when both sides stood at these places: it may be that one of them was ahead. */
interface Doubt {
  row: DifferingRow;
  table: Table;
  contents: string;
  since: Places;
}

const LOOKS = 10;
/** So long after the first look the second is taken, milliseconds; twice as long after that the third, and so on. */
const PAUSE_MS = 100;

/**
 * Compares the fact tables of two generations as they are at the same offsets. The two fold independently, so at any instant one is some
 * events ahead, and a row that differs may be one that the other has yet to change. It is looked at again: a difference is told once the
 * side that was behind has passed where the other stood, and both rows are still what they were. Registers only ever move on, so a side that
 * catches up with an event leaves a row that differed because of it changed.
 * @param o.subjects compare rows of these records alone; null: all @param o.tables leave the others out
 * @param o.between runs before each look but the first, with the rows in doubt: to fold what a side lacks that doesn't keep up by itself
 * @throws an AbortError when the process stops
 */
export async function compareSchemas(
  work: Pick<RequestWork, 'long' | 'signal' | 'progress'>,
  schemas: TwoSchemas,
  o: { subjects: readonly string[] | null; tables?: readonly Table[]; between?: (doubted: readonly DifferingRow[]) => Promise<void> },
): Promise<SchemasCompared> {
  const result: SchemasCompared = { rows: 0, differences: 0, examples: [], undecided: 0 };
  let { doubts, tooMany } = await firstLook(work, schemas, o, result);
  for (let look = 1; ; look += 1) {
    result.undecided = doubts.length + tooMany;
    await work.progress({ rows: result.rows, differences: result.differences, undecided: result.undecided });
    if (doubts.length === 0 || look === LOOKS) return result;
    await pause(PAUSE_MS * look, undefined, { signal: work.signal });
    await o.between?.(doubts.map(({ row }) => row));
    doubts = await lookAgain(work, schemas, doubts, result);
  }
}

async function firstLook(
  work: Pick<RequestWork, 'long' | 'signal'>,
  schemas: TwoSchemas,
  o: { subjects: readonly string[] | null; tables?: readonly Table[] },
  result: SchemasCompared,
): Promise<{ doubts: Doubt[]; tooMany: number }> {
  return inOneSnapshot(work, async (client) => {
    const places = await placesOf(client, schemas);
    let doubts: Doubt[] = [];
    let tooMany = 0;
    for (const table of o.tables ?? factTables) {
      const { rows, differing, examples } = await compareTable(client, schemas, table, o.subjects);
      result.rows += rows - differing;
      tooMany += differing - examples.length;
      doubts = [...doubts, ...stillDoubted({ table, rows: examples, places, before: new Map() }, result)];
    }
    return { doubts, tooMany };
  });
}

/** @returns those that are in doubt still */
async function lookAgain(
  work: Pick<RequestWork, 'long' | 'signal'>,
  schemas: TwoSchemas,
  doubts: readonly Doubt[],
  result: SchemasCompared,
): Promise<Doubt[]> {
  return inOneSnapshot(work, async (client) => {
    const places = await placesOf(client, schemas);
    const still: Doubt[] = [];
    for (const table of new Set(doubts.map((doubt) => doubt.table))) {
      const before = new Map(doubts.flatMap((doubt) => (doubt.table === table ? [[nameOf(doubt.row), doubt] as const] : [])));
      const rows = await rowsAgain(client, schemas, table, [...before.values()].map(({ row }) => row.key)); // prettier-ignore
      result.rows += before.size - rows.length;
      still.push(...stillDoubted({ table, rows, places, before }, result));
    }
    return still;
  });
}

/** Tells the differences that are no longer in doubt. @param before what was in doubt of this table, by the row's name */
function stillDoubted(
  { table, rows, places, before }: { table: Table; rows: DifferingRow[]; places: Places; before: ReadonlyMap<string, Doubt> },
  result: SchemasCompared,
): Doubt[] {
  return rows.flatMap((row) => {
    const contents = JSON.stringify([row.here, row.there]);
    const doubted = before.get(nameOf(row));
    const since = doubted?.contents === contents ? doubted.since : places;
    if (!standsPast(places, since)) return [{ row, table, contents, since }];
    result.rows += 1;
    result.differences += 1;
    result.examples.push(row);
    return [];
  });
}

const nameOf = ({ key }: DifferingRow): string => JSON.stringify(key);

function inOneSnapshot<Result>(
  { long, signal }: Pick<RequestWork, 'long' | 'signal'>,
  look: (client: Queryable) => Promise<Result>,
): Promise<Result> {
  return interruptible(long, signal, async (client) => {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`);
    const result = await look(client);
    await client.query('COMMIT');
    return result;
  });
}

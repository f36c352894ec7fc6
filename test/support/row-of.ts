import { factsInRow, type RowRead } from '../../apps/ingest/src/rows/facts-in-row.js';
import { columnsOf } from '../../apps/ingest/src/rows/read-fields.js';
import type { Mapping } from '../../apps/ingest/src/sources/mapping.js';

export const EXPORTED_AT = Date.parse('2026-11-20T05:00:00Z');

/** What a mapping makes of a row exported on 20 November 2026. Columns left out are empty; one that the mapping does not know is a mistake of the test. */
export function readRow(mapping: Mapping, tableName: string, cells: Record<string, string>): RowRead {
  const table = mapping.tables[tableName]!;
  const unknown = Object.keys(cells).filter((name) => !columnsOf(table).includes(name));
  if (unknown.length > 0) throw new Error(`${mapping.name} has no column ${unknown.join(', ')}`);
  return factsInRow(mapping, table, { number: 2, cells }, { epoch: mapping.epoch, position: EXPORTED_AT * 1000 });
}

/** The events that a row becomes, without the head that all of them share. */
export function eventsOf(mapping: Mapping, tableName: string, cells: Record<string, string>): Record<string, unknown>[] {
  const { facts, problems } = readRow(mapping, tableName, cells);
  if (problems.length > 0) throw new Error(`the row has problems: ${JSON.stringify(problems)}`);
  return facts.flatMap(({ events }) => events.map(({ sent }) => ({ ...sent, sourceVersion: undefined, occurredAt: undefined })));
}

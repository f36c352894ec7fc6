import type { Columns, ColumnType, Table } from '#lib/read-model';
import { LIST_SEPARATOR, plainColumns } from './plain-table.js';

const SCHEMA_OF: Record<ColumnType, object> = {
  uuid: { type: 'string', name: 'io.debezium.data.Uuid' },
  text: { type: 'string' },
  smallint: { type: 'int16' },
  int: { type: 'int32' },
  bigint: { type: 'int64' },
  boolean: { type: 'boolean' },
  jsonb: { type: 'string', name: 'io.debezium.data.Json', parameters: { '__debezium.source.column.type': 'JSONB' } },
  bytea: { type: 'bytes' },
  'text[]': { type: 'string' },
};

export type PlainValues = Readonly<Record<string, unknown>>;

/** Key and value of a table's messages, each JSON with its schema, as Kafka Connect's own converter takes them. */
export function connectJson(table: Table): (key: PlainValues, rest: PlainValues) => { key: string; value: string } {
  const { key, rest } = plainColumns(table);
  const [keyText, restText] = [structOf(key, false), structOf(rest, true)];
  return (keyValues, restValues) => ({ key: keyText(keyValues), value: restText(restValues) });
}

function structOf(columns: Columns, optional: boolean): (values: PlainValues) => string {
  const names = Object.keys(columns);
  const fields = names.map((field) => ({ field, optional, ...SCHEMA_OF[columns[field]!] }));
  const schema = JSON.stringify({ type: 'struct', optional: false, fields });
  return (values) => {
    const payload = Object.fromEntries(names.map((name) => [name, plainValue(columns[name]!, values[name] ?? null)]));
    return `{"schema":${schema},"payload":${JSON.stringify(payload)}}`;
  };
}

function plainValue(type: ColumnType, value: unknown): unknown {
  if (value === null) return null;
  if (type === 'jsonb') return JSON.stringify(value);
  return type === 'text[]' ? (value as string[]).join(LIST_SEPARATOR) : value;
}

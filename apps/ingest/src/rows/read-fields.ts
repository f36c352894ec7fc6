import { type Reader, type Row, Unreadable } from '../convert/column.js';
import { pointerTo } from '#lib/events';

/** What the fields of a mapping say of one row: the event's content, and what could not be read of it. */
export interface FieldsRead {
  content: Record<string, unknown>;
  unreadable: { pointer: string; found: Unreadable }[];
}

/** Reads a map of fields. Groups and list items in which the row says nothing are left out. */
export function readFields(fields: object, row: Row, today: string): FieldsRead {
  const reading: Reading = { row, today, path: [], unreadable: [] };
  const value = valueOf(fields, reading);
  return { content: (value === SILENT ? {} : value) as Record<string, unknown>, unreadable: reading.unreadable };
}

/** Where each value that `readFields` reads comes from: columns by JSON pointer into the content. */
export function sourcesOf(fields: object, row: Row, today: string): Map<string, readonly string[]> {
  const columns = new Map<string, readonly string[]>();
  valueOf(fields, { row, today, path: [], unreadable: [], columns });
  return columns;
}

/** Every column that a map of fields, or a part of it, reads. */
export function columnsOf(field: unknown): string[] {
  return columnsWhere(field, () => true);
}

/** What is expected in each column that a map of fields reads, in words; of a column read twice, as it is read first. */
export function formatsOf(field: unknown): Map<string, string> {
  if (isReader(field)) return new Map(Object.entries(field.formats));
  if (!isGroup(field)) return new Map();
  return new Map(
    Object.values(field)
      .toReversed()
      .flatMap((part) => [...formatsOf(part)]),
  );
}

/** The columns in which dates stand. */
export function dateColumnsOf(field: unknown): string[] {
  if (isReader(field)) return field.dates ? [...field.columns] : [];
  return isGroup(field) ? Object.values(field).flatMap((part) => dateColumnsOf(part)) : [];
}

/** The columns of IDs that have so many digits. */
export function digitsOf(field: unknown): Map<string, number> {
  if (isReader(field)) return new Map(field.digits === undefined ? [] : field.columns.map((column) => [column, field.digits!]));
  return new Map(isGroup(field) ? Object.values(field).flatMap((part) => [...digitsOf(part)]) : []);
}

/** The columns of those fields whose pointer is wanted. */
export function columnsWhere(field: unknown, wanted: (pointer: string) => boolean, path: PropertyKey[] = []): string[] {
  if (isReader(field)) return wanted(pointerTo(path)) ? [...field.columns] : [];
  if (!isGroup(field)) return [];
  return Object.entries(field).flatMap(([name, part]) => columnsWhere(part, wanted, [...path, name]));
}

interface Reading {
  row: Row;
  today: string;
  /** Where the reading is; it grows and shrinks. */
  path: PropertyKey[];
  unreadable: FieldsRead['unreadable'];
  columns?: Map<string, readonly string[]>;
}

/** The row has no part in a value: a word that is always the same says nothing. */
const SILENT = Symbol('silent');

function valueOf(field: object, reading: Reading): unknown {
  if (isReader(field)) return readerValue(field, reading);
  return Array.isArray(field) ? listValue(field, reading) : groupValue(field, reading);
}

function listValue(items: readonly unknown[], reading: Reading): unknown {
  const values: unknown[] = [];
  for (const item of items) {
    const value = isGroup(item) ? within(values.length, item, reading) : SILENT;
    if (value !== SILENT) values.push(value);
  }
  return values.length > 0 ? values : SILENT;
}

function groupValue(fields: object, reading: Reading): unknown {
  const group: Record<string, unknown> = {};
  let says = false;
  for (const [name, field] of Object.entries(fields)) {
    if (!isGroup(field)) {
      group[name] = field;
      continue;
    }
    const value = within(name, field, reading);
    if (value === SILENT) continue;
    group[name] = value;
    says = true;
  }
  return says ? group : SILENT;
}

function within(step: PropertyKey, field: object, reading: Reading): unknown {
  reading.path.push(step);
  const value = valueOf(field, reading);
  reading.path.pop();
  return value;
}

function readerValue(reader: Reader<unknown>, { row, today, path, unreadable, columns }: Reading): unknown {
  const value = reader.read(row, today);
  if (value instanceof Unreadable) unreadable.push({ pointer: pointerTo(path), found: value });
  if (value === null || value instanceof Unreadable) return SILENT;
  columns?.set(pointerTo(path), reader.columns);
  return value;
}

const isReader = (field: unknown): field is Reader<unknown> =>
  typeof field === 'object' && field !== null && 'read' in field && typeof field.read === 'function';
const isGroup = (field: unknown): field is object => typeof field === 'object' && field !== null;

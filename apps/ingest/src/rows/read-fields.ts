import { type Reader, type Row, Unreadable } from '../convert/column.js';
import { pointerTo } from '../check/pointer.js';

/** What the fields of a mapping say of one row: the event's content, and where each value comes from. */
export interface FieldsRead {
  content: Record<string, unknown>;
  /** By JSON pointer into the content. */
  columns: Map<string, readonly string[]>;
  unreadable: { pointer: string; found: Unreadable }[];
}

/** Reads a map of fields. Groups and list items in which the row says nothing are left out. */
export function readFields(fields: object, row: Row, today: string): FieldsRead {
  const read: FieldsRead = { content: {}, columns: new Map(), unreadable: [] };
  const { value } = valueOf(fields, [], { row, today, read });
  read.content = (value ?? {}) as Record<string, unknown>;
  return read;
}

/** Every column that a map of fields, or a part of it, reads. */
export function columnsOf(field: unknown): string[] {
  if (isReader(field)) return [...field.columns];
  return typeof field === 'object' && field !== null ? Object.values(field).flatMap(columnsOf) : [];
}

/** The columns of those fields whose pointer is wanted. */
export function columnsWhere(field: unknown, wanted: (pointer: string) => boolean, path: PropertyKey[] = []): string[] {
  if (isReader(field)) return wanted(pointerTo(path)) ? [...field.columns] : [];
  if (!isGroup(field)) return [];
  return Object.entries(field).flatMap(([name, part]) => columnsWhere(part, wanted, [...path, name]));
}

interface Within {
  row: Row;
  today: string;
  read: FieldsRead;
}

/** @returns the value, and whether the row had any part in it: a word that is always the same says nothing. */
function valueOf(field: unknown, path: PropertyKey[], within: Within): { value: unknown; said: boolean } {
  if (isReader(field)) return readerValue(field, path, within);
  if (Array.isArray(field)) {
    const items: unknown[] = [];
    for (const item of field) {
      const { value, said } = valueOf(item, [...path, items.length], within);
      if (said) items.push(value);
    }
    return { value: items, said: items.length > 0 };
  }
  if (typeof field !== 'object' || field === null) return { value: field, said: false };
  const group: Record<string, unknown> = {};
  let saidAny = false;
  for (const [name, part] of Object.entries(field)) {
    const { value, said } = valueOf(part, [...path, name], within);
    saidAny ||= said;
    if (said || !(Array.isArray(part) || isGroup(part) || isReader(part))) group[name] = value;
  }
  return { value: group, said: saidAny };
}

function readerValue(reader: Reader<unknown>, path: PropertyKey[], { row, today, read }: Within): { value: unknown; said: boolean } {
  const pointer = pointerTo(path);
  const value = reader.read(row, today);
  if (value instanceof Unreadable) read.unreadable.push({ pointer, found: value });
  if (value === null || value instanceof Unreadable) return { value: null, said: false };
  read.columns.set(pointer, reader.columns);
  return { value, said: true };
}

const isReader = (field: unknown): field is Reader<unknown> =>
  typeof field === 'object' && field !== null && 'read' in field && typeof field.read === 'function';
const isGroup = (field: unknown): field is object => typeof field === 'object' && field !== null;

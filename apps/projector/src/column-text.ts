import type { ColumnType } from '#lib/read-model';

/** A value as PostgreSQL reads it in text; the same value always gives the same text. */
export function columnText(type: ColumnType, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (type === 'text[]') return `{${(value as readonly string[]).map(quoted).join(',')}}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The same text as an element of a PostgreSQL array literal. */
export function arrayElement(type: ColumnType, text: string | null): string {
  if (text === null) return 'NULL';
  return NEEDS_NO_QUOTES.has(type) ? text : quoted(text);
}

/** Not uuid: an event could bring any text there, and an unquoted comma would shift every row after it. */
const NEEDS_NO_QUOTES = new Set<ColumnType>(['smallint', 'int', 'bigint', 'boolean']);
const SPECIAL = /["\\]/g;

function quoted(text: string): string {
  return text.includes('"') || text.includes('\\') ? `"${text.replace(SPECIAL, '\\$&')}"` : `"${text}"`;
}

import type { ColumnType } from '#lib/read-model';
import type { ByteSlab } from './byte-slab.js';
import { RowRefusedError } from './errors.js';

/** Length of an absent value. */
export const NULL = -1;
const JSONB_VERSION = 1;

/**
 * Writes a value as PostgreSQL takes it in binary: its length, then its bytes. The same value always gives the same bytes.
 * @throws RowRefusedError where a token is no UUID.
 */
export function putValue(slab: ByteSlab, type: ColumnType, value: unknown): void {
  if (value === null || value === undefined) return slab.int32(NULL);
  const start = slab.at;
  slab.int32(0);
  putBytes(slab, type, value);
  slab.putInt32(start, slab.at - start - 4);
}

function putBytes(slab: ByteSlab, type: ColumnType, value: unknown): void {
  switch (type) {
    case 'text':
      return slab.text(value as string);
    case 'uuid':
      return putUuid(slab, value as string);
    case 'int':
      return slab.int32(value as number);
    case 'bigint':
      return slab.int64(value as number);
    case 'smallint':
      return slab.int16(value as number);
    case 'boolean':
      return slab.byte(value === true ? 1 : 0);
    case 'jsonb':
      slab.byte(JSONB_VERSION);
      return slab.text(JSON.stringify(value));
    case 'bytea':
      return slab.copy(value as Buffer, 0, (value as Buffer).length);
    case 'text[]':
      return slab.text(`{${(value as readonly string[]).map(quoted).join(',')}}`);
  }
}

/** A list travels as the text of its array literal: a nested array would be taken apart by unnest. */
const quoted = (text: string) => (/["\\]/.test(text) ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `"${text}"`);

const INVALID_TEXT_REPRESENTATION = '22P02';

/** 8-4-4-4-12 lower-case hexadecimal digits and nothing else: PostgreSQL takes other spellings, but one value must give one text. */
function putUuid(slab: ByteSlab, text: string): void {
  let wrong = text.length !== 36;
  for (let index = 0; index < 36; index += 1) {
    const code = text.charCodeAt(index);
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      wrong ||= code !== HYPHEN;
      continue;
    }
    index += 1;
    const [high, low] = [hexDigit(code), hexDigit(text.charCodeAt(index))];
    wrong ||= high < 0 || low < 0;
    slab.byte((high << 4) | low);
  }
  if (wrong) throw new RowRefusedError(INVALID_TEXT_REPRESENTATION);
}

const HYPHEN = 0x2d;

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

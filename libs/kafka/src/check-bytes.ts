/**
 * Checks Avro bytes against the schema they were written with, before avsc reads them: avsc takes invalid UTF-8, and loops for as long
 * as a forged array count says. Made once per schema; knows the Avro types our schemas use and refuses to be made for others.
 * Avro 1.12, "Binary encoding".
 */
import { isUtf8 } from 'node:buffer';
import { UndecodableError } from './errors.js';

interface Cursor {
  bytes: Uint8Array;
  at: number;
}
type Check = (cursor: Cursor) => void;
export type AvroJson =
  string | AvroJson[] | { type: AvroJson; name?: string; items?: AvroJson; fields?: { name: string; type: AvroJson }[] };

/** @returns a function that throws UndecodableError unless the bytes are exactly one value of the schema. */
export function byteCheckOf(schema: AvroJson): (bytes: Uint8Array) => void {
  const check = checkOf(schema, '', new Map());
  return (bytes) => {
    const cursor = { bytes, at: 0 };
    check(cursor);
    if (cursor.at !== bytes.length) {
      throw new UndecodableError('trailing-bytes', `${cursor.at} bytes`, `${bytes.length} bytes`);
    }
  };
}

function checkOf(schema: AvroJson, field: string, named: Map<string, Check>): Check {
  if (Array.isArray(schema)) return checkUnion(schema, field, named);
  if (typeof schema === 'object') {
    if (schema.type === 'record') return checkRecord(schema.name ?? '', schema.fields ?? [], named);
    if (schema.type === 'array') return checkArray(schema.items ?? 'null', field, named);
    return checkOf(schema.type, field, named);
  }
  switch (schema) {
    case 'null':
      return () => undefined;
    case 'boolean':
      return (cursor) => {
        const byte = byteAt(cursor, field);
        if (byte > 1) throw new UndecodableError('invalid-value', `0 or 1 in ${field}`, `byte ${byte}`);
      };
    case 'int':
      return (cursor) => {
        const value = longAt(cursor, field);
        if (value !== (value | 0)) throw new UndecodableError('invalid-value', `a 32-bit number in ${field}`, 'a larger one');
      };
    case 'long':
      return (cursor) => void longAt(cursor, field);
    case 'bytes':
      return (cursor) => void skip(cursor, longAt(cursor, field), field);
    case 'string':
      return (cursor) => checkText(cursor, field);
    default: {
      const known = named.get(schema);
      if (!known) throw new Error(`byte check: Avro type ${schema} is not used by our schemas`);
      return known;
    }
  }
}

function checkRecord(name: string, fields: { name: string; type: AvroJson }[], named: Map<string, Check>): Check {
  const checks: Check[] = [];
  const check: Check = (cursor) => {
    for (const one of checks) one(cursor);
  };
  named.set(name, check);
  checks.push(...fields.map((field) => checkOf(field.type, `${name}.${field.name}`, named)));
  return check;
}

function checkUnion(branches: AvroJson[], field: string, named: Map<string, Check>): Check {
  const checks = branches.map((branch) => checkOf(branch, field, named));
  return (cursor) => {
    const check = checks[longAt(cursor, field)];
    if (!check) throw new UndecodableError('invalid-value', `one of ${checks.length} kinds of value in ${field}`, 'another');
    check(cursor);
  };
}

function checkArray(items: AvroJson, field: string, named: Map<string, Check>): Check {
  const check = checkOf(items, field, named);
  return (cursor) => {
    for (let count = longAt(cursor, field); count !== 0; count = longAt(cursor, field)) {
      if (count < 0) {
        count = -count;
        longAt(cursor, field);
      }
      // every item of our schemas takes a byte at least, so a larger count is forged
      if (count > cursor.bytes.length - cursor.at) throw truncated(field);
      for (let item = 0; item < count; item += 1) check(cursor);
    }
  };
}

function checkText(cursor: Cursor, field: string): void {
  const start = cursor.at;
  const length = longAt(cursor, field);
  const from = cursor.at;
  const to = skip(cursor, length, field);
  const { bytes } = cursor;
  let ascii = true;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!;
    if (byte === 0) throw new UndecodableError('invalid-text', `text without NUL in ${field}`, `NUL at byte ${at}`);
    if (byte > 0x7f) ascii = false;
  }
  if (!ascii && !isUtf8(bytes.subarray(from, to))) {
    throw new UndecodableError('invalid-utf8', `UTF-8 in ${field}`, `other bytes after byte ${start}`);
  }
}

function skip(cursor: Cursor, length: number, field: string): number {
  if (length < 0 || length > cursor.bytes.length - cursor.at) throw truncated(field);
  cursor.at += length;
  return cursor.at;
}

function byteAt(cursor: Cursor, field: string): number {
  const byte = cursor.bytes[cursor.at];
  if (byte === undefined) throw truncated(field);
  cursor.at += 1;
  return byte;
}

/** A zigzag varint from -2^52 to 2^53 - 2: avsc reads what lies below wrongly and refuses what lies above. */
function longAt(cursor: Cursor, field: string): number {
  let byte = byteAt(cursor, field);
  const negative = (byte & 1) === 1;
  let zigzag = byte & 0x7f;
  for (let scale = 128; byte > 0x7f; scale *= 128) {
    byte = byteAt(cursor, field);
    zigzag += (byte & 0x7f) * scale;
    if (scale > 2 ** 63 || zigzag > 2 ** 54 - 4 || (negative && zigzag > 2 ** 53)) {
      throw new UndecodableError('invalid-value', `a number from -2^52 to 2^53 - 2 in ${field}`, 'another');
    }
  }
  return negative ? -(zigzag + 1) / 2 : zigzag / 2;
}

const truncated = (field: string) => new UndecodableError('truncated', `the whole of ${field}`, 'the end of the bytes');

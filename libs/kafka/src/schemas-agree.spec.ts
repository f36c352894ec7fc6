/** `schemas/*.avsc` and libs/events say the same; every published version is kept and stays readable. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { SourceEvent } from '#lib/events';
import { AvroSchema } from './avro-schema.js';

const folder = 'schemas';
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.avsc'))
  .map((file) => basename(file, '.avsc'));
const textOf = (name: string) => readFileSync(join(folder, `${name}.avsc`), 'utf8');
const versionsOf = (name: string) => readdirSync(join(folder, 'history', name));

interface Avro {
  type?: string | Avro | Avro[];
  name?: string;
  doc?: string;
  logicalType?: string;
  fields?: (Avro & { name: string; default?: unknown })[];
  items?: Avro | string;
}
interface Json {
  type?: string;
  format?: string;
  anyOf?: Json[];
  default?: unknown;
  properties?: Record<string, Json>;
  items?: Json;
}
/** One notation for both: `text`, `number`, `instant`, `boolean`, `[items]`, `{fields}`, with `?` where null is allowed and `= value` for a default. */
type Shape = string | Shape[] | { [field: string]: Shape };

const kebab = (name: string) => name.replace(/\B[A-Z]/g, '-$&').toLowerCase();
const events = Object.fromEntries(SourceEvent.options.map((option) => [kebab(option.shape.type.value), option]));

function ofAvro(type: Avro | Avro[] | string, named: Map<string, Shape>): Shape {
  if (Array.isArray(type)) return `${JSON.stringify(ofAvro(type[1]!, named))}?`;
  if (typeof type === 'string')
    return named.get(type) ?? { string: 'text', int: 'number', long: 'number', boolean: 'boolean' }[type] ?? type;
  if (type.logicalType === 'timestamp-millis') return 'instant';
  if (type.type === 'array') return [ofAvro(type.items!, named)];
  if (type.type !== 'record') return ofAvro(type.type as string, named);
  const shape = Object.fromEntries(type.fields!.map((field) => [field.name, ofAvro(field.type!, named)]));
  named.set(type.name!, shape);
  return shape;
}

function ofZod(node: Json): Shape {
  const other = node.anyOf?.find(({ type }) => type !== 'null');
  // only the details of an involvement may be null at the door and never in the event
  if (other?.properties && 'housing' in other.properties) return ofZod(other);
  if (other) return `${JSON.stringify(ofZod(other))}?`;
  if (node.properties) return Object.fromEntries(Object.entries(node.properties).map(([name, field]) => [name, ofZod(field)]));
  if (node.items) return [ofZod(node.items)];
  if (node.format === 'date-time') return 'instant';
  return { string: 'text', integer: 'number', boolean: 'boolean' }[node.type ?? ''] ?? JSON.stringify(node);
}

test.each(Object.keys(events))('%s has the same fields of the same kinds in its schema and at the door', (name) => {
  const { type: _, ...door } = ofZod(z.toJSONSchema(events[name]!, { io: 'input' }) as Json) as Record<string, Shape>;
  expect(ofAvro(JSON.parse(textOf(name)) as Avro, new Map())).toEqual({ eventId: 'text', ...door });
});

test.each(Object.keys(events))('what may be left out of %s reads the same from an older event that lacks it', (name) => {
  const defaults = (fields: Avro['fields']) => Object.fromEntries(fields!.map((field) => [field.name, field.default]));
  const schema = defaults((JSON.parse(textOf(name)) as Avro).fields);
  const door = (z.toJSONSchema(events[name]!, { io: 'input' }) as Json).properties!;
  for (const [field, node] of Object.entries(door)) {
    if (node.default !== undefined) expect([field, schema[field]]).toEqual([field, node.default]);
  }
});

/** A field without a default can never go, so only what names a fact or its state lacks one. */
const IDENTITY = [
  [
    'Event',
    'eventId',
    'source',
    'recordId',
    'sourceVersion',
    'occurredAt',
    'involvementId',
    'relationshipId',
    'otherRecordId',
    'newRecordId',
  ],
  ['SourceChecked', 'service'],
  ['SourceVersion', 'epoch', 'position'],
  ['Envelope', 'id', 'type', 'subject', 'schema', 'sealed'],
  ['Decision', 'decision', 'subject', 'other', 'person', 'into', 'partition', 'offset'],
  ['Rejection', 'at', 'rule'],
].flatMap(([, ...fields]) => fields);

describe.each(names)('%s', (name) => {
  const schema = JSON.parse(textOf(name)) as Avro;

  test('explains itself and each of its fields', () => {
    const unexplained = recordsIn(schema).flatMap((record) =>
      [record, ...record.fields!].filter(({ doc }) => !/^[A-Z].{10,}\.$/s.test(doc ?? '')).map((one) => `${record.name}: ${one.name}`),
    );
    expect(unexplained).toEqual([]);
  });

  test('has a default for every field but those of identity', () => {
    const without = recordsIn(schema).flatMap((record) =>
      record.fields!.filter((field) => !('default' in field)).map((field) => field.name),
    );
    expect(without.filter((field) => !IDENTITY.includes(field))).toEqual([]);
  });

  test('is kept under schemas/history (if not: npm run schemas:publish)', () => {
    expect(versionsOf(name)).toContain(`${new AvroSchema(textOf(name)).fingerprint}.avsc`);
  });

  test.each(versionsOf(name))('reads, and is read by, version %s', (version) => {
    const earlier = new AvroSchema(readFileSync(join(folder, 'history', name, version), 'utf8'));
    expect(`${earlier.fingerprint}.avsc`).toBe(version);
    new AvroSchema(textOf(name)).canRead(earlier);
    earlier.canRead(new AvroSchema(textOf(name)));
  });
});

test('nothing is kept of a schema that no longer exists', () => {
  expect(readdirSync(join(folder, 'history')).filter((name) => !names.includes(name))).toEqual([]);
});

function recordsIn(type: Avro | Avro[] | string | undefined): Avro[] {
  if (Array.isArray(type)) return type.flatMap(recordsIn);
  if (typeof type !== 'object') return [];
  if (type.type === 'record') return [type, ...type.fields!.flatMap((field) => recordsIn(field.type))];
  return [...recordsIn(type.items), ...recordsIn(type.type)];
}

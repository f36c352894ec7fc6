import { SchemaStore } from '#lib/kafka';

/** The parts of Avro's schema language our schemas use. */
type Avro = string | Avro[] | { type: Avro; doc?: string; items?: Avro; fields?: { name: string; doc?: string; type: Avro }[] };
interface JsonSchema {
  description?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

const schemas = SchemaStore.open();

/** Writes what `schemas/<event>.avsc` says of each field into the event's JSON schema, so that source teams read it where they look. */
export function withFieldDocs<S extends object>(event: string, schema: S): S {
  const avro = JSON.parse(schemas.current(event).text) as { doc?: string };
  describe(schema, avro as Avro);
  return Object.assign(schema, { description: avro.doc });
}

function describe(schema: JsonSchema, avro: Avro): void {
  const record = recordIn(avro);
  const node = schema.anyOf?.find(({ properties, items }) => properties ?? items) ?? schema;
  if (node.items) return describe(node.items, record);
  if (typeof record === 'string' || Array.isArray(record)) return;
  for (const [name, property] of Object.entries(node.properties ?? {})) {
    const field = record.fields?.find((candidate) => candidate.name === name);
    if (!field) continue;
    if (field.doc !== undefined) property.description = field.doc;
    describe(property, field.type);
  }
}

/** The record inside: past null, arrays and named types. */
function recordIn(avro: Avro): Avro {
  if (Array.isArray(avro)) return recordIn(avro.find((branch) => branch !== 'null') ?? 'null');
  if (typeof avro === 'string' || avro.fields) return avro;
  return recordIn(avro.items ?? avro.type);
}

import { z } from 'zod';
import { SourceEvent } from '#lib/events';
import type { Schemas } from './answer-schemas.js';
import { withFieldDocs } from './field-docs.js';
import { MOST_EVENTS } from './read-body.js';

/** The events as OpenAPI 3.1 schemas, one per event and their union. The source may be left out: the address names it. */
export function eventSchemas(): Schemas {
  const schemas: Schemas = {};
  for (const option of SourceEvent.options) {
    const { $schema: _, ...schema } = z.toJSONSchema(option, { io: 'input', target: 'draft-2020-12' });
    schema.required = schema.required?.filter((field) => field !== 'source');
    const name = option.shape.type.value;
    schemas[name] = withFieldDocs(name, schema) as Schemas[string];
  }
  const names = Object.keys(schemas);
  const refs = names.map((name) => [name, `#/components/schemas/${name}`] as const);
  return {
    ...schemas,
    SourceEvent: {
      oneOf: refs.map(([, $ref]) => ({ $ref })),
      discriminator: { propertyName: 'type', mapping: Object.fromEntries(refs) },
    },
    SourceEvents: { type: 'array', minItems: 1, maxItems: MOST_EVENTS, items: { $ref: '#/components/schemas/SourceEvent' } },
  };
}

import type { INestApplication } from '@nestjs/common';
import { EVENT_TYPES, type Topics } from '#lib/events';
import type { SchemaStore } from '#lib/kafka';
import type { Source } from '../sources/source.js';

interface Documented {
  topics: Topics;
  sources: readonly Pick<Source, 'name' | 'doors'>[];
  schemas: SchemaStore;
}

/** The landing topics as AsyncAPI 3: which topic, whose user, which messages. The schemas are those the registry holds. */
export function asyncApi({ topics, sources, schemas }: Documented): object {
  const messages = EVENT_TYPES.map((type) => [type, messageOf(schemas.current(type).text)] as const);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Involvement Index: topics for sources',
      version: '1',
      description:
        'A source writes its events to a topic of its own, as its own user; the index takes them in by the same rules as over HTTP. ' +
        'Try them first with ?dryRun=true over HTTP: a topic gives no answers.',
    },
    defaultContentType: 'application/octet-stream',
    channels: {
      landing: {
        address: topics.landing('{source}'),
        description: 'What one source has to say, in order. Kept for seven days.',
        parameters: {
          source: {
            description: 'The source that speaks',
            enum: sources.filter(({ doors }) => doors.includes('kafka')).map(({ name }) => name),
          },
        },
        messages: Object.fromEntries(messages.map(([type]) => [type, { $ref: `#/components/messages/${type}` }])),
        bindings: { kafka: { partitions: 1, bindingVersion: '0.5.0' } },
      },
    },
    operations: {
      takeIn: {
        action: 'receive',
        channel: { $ref: '#/channels/landing' },
        summary: 'The index takes in what a source wrote, and lists what it refuses.',
        security: [{ $ref: '#/components/securitySchemes/ownUser' }],
      },
    },
    components: {
      messages: Object.fromEntries(messages),
      securitySchemes: { ownUser: { type: 'scramSha512', description: 'source.<source>: it may write its own topic and nothing else.' } },
    },
  };
}

/** One event in Confluent framing: a byte 0, four bytes of schema id, then Avro. */
function messageOf(text: string) {
  const schema = JSON.parse(text) as { name: string; doc: string };
  return {
    name: schema.name,
    title: schema.name,
    summary: schema.doc,
    contentType: 'application/vnd.apache.avro',
    payload: { schemaFormat: 'application/vnd.apache.avro+json;version=1.9.0', schema },
    bindings: { kafka: { schemaIdLocation: 'payload', schemaIdPayloadEncoding: 'confluent', bindingVersion: '0.5.0' } },
  };
}

/** /asyncapi.json, beside /openapi.json. */
export function documentTopics(app: INestApplication, documented: Documented): void {
  const document = asyncApi(documented);
  app.getHttpAdapter().get('/asyncapi.json', (_: unknown, reply: { send(body: object): unknown }) => reply.send(document));
}

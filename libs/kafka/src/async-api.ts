import { EVENT_TYPES, topicsOf } from '#lib/events';
import { DECISION_TYPES } from './check-fields.js';
import type { SchemaStore } from './schema-store.js';
import { type TopicPlan, topicPlan } from './topics.js';

/** Whoever speaks of every source writes it so. */
const ANY_SOURCE = '{source}';

/**
 * The topics of a deployment as AsyncAPI 3, from what the code itself goes by: the plan of topics, the names of events, and the schemas in the registry.
 * @returns the text of `schemas/asyncapi.json`
 */
export function asyncApiOf(schemas: SchemaStore): string {
  const topics = topicsOf();
  const planned = new Map(topicPlan(topics, [ANY_SOURCE], 1).map((plan) => [plan.name, plan]));
  const channel = (address: string, messages: readonly string[], description: string, more: object = {}) => ({
    address,
    description: `${description} ${keptWords(planned.get(address)!)}`,
    messages: Object.fromEntries(messages.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
    ...more,
  });
  const used = ['Envelope', 'Rejection', ...DECISION_TYPES, ...EVENT_TYPES];
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Involvement Index: topics',
      version: '1',
      description:
        'Every message is Avro in Confluent framing: a byte 0, four bytes of schema id, then the record. Subjects in the registry are named by record. Made from code: do not edit.',
    },
    defaultContentType: 'application/vnd.apache.avro',
    channels: {
      landing: channel(
        topics.landing(ANY_SOURCE),
        EVENT_TYPES,
        'What one source says, written by its user alone. Key: the record’s id. `eventId` stays empty.',
        {
          parameters: { source: { description: 'The source’s name, such as mosaic.' } },
        },
      ),
      involvementLog: channel(topics.involvementLog, ['Envelope'], 'Every accepted event, sealed. Key: the record’s random token.'),
      identityLog: channel(topics.identityLog, DECISION_TYPES, 'Which records are one person: tokens and numbers, no personal data.'),
      rejections: channel(topics.rejections, ['Rejection'], 'What was refused: source, field and rule, never a value. Key: the source.'),
    },
    operations: {
      takeIn: {
        action: 'receive',
        channel: { $ref: '#/channels/landing' },
        summary: 'A source publishes; ingest reads, checks, seals and publishes, or refuses with a reason.',
      },
      publishEvents: { action: 'send', channel: { $ref: '#/channels/involvementLog' }, summary: 'Ingest.' },
      publishDecisions: { action: 'send', channel: { $ref: '#/channels/identityLog' }, summary: 'The matcher.' },
      publishRejections: { action: 'send', channel: { $ref: '#/channels/rejections' }, summary: 'Ingest.' },
    },
    components: {
      messages: Object.fromEntries(
        used.map((name) => {
          const { text, subject } = schemas.current(name);
          const schema = JSON.parse(text) as { doc: string };
          return [
            name,
            { name: subject, summary: schema.doc, payload: { schemaFormat: 'application/vnd.apache.avro+json;version=1.9.0', schema } },
          ];
        }),
      ),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function keptWords({ config }: TopicPlan): string {
  const kept = Number(config['retention.ms']);
  return kept < 0 ? 'Kept for ever.' : `Kept for ${kept / 86_400_000} days.`;
}

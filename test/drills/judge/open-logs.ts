import { type InvolvementEvent, topicsOf } from '#lib/events';
import { connectKafka, SchemaStore } from '#lib/kafka';
import { unsealEvent } from '#lib/sealing';
import type { Entry } from '../../support/any-log.js';
import type { SealedLog } from '../../support/sealed-log.js';
import { type Logged, readTopic, type TopicRead } from './read-topic.js';

/** A message, opened: what it says, or that nothing can be made of it. */
export interface OpenedMessage extends Logged {
  /** Absent where it can't be read, or was erased. */
  entry?: Entry;
  /** Of an event, erased ones and those whose key is missing too; absent where it can't be read. */
  envelope?: { id: string; source: string; publishedAt: number };
  erased?: true;
}

/** Both logs as they stand. */
export interface OpenedLogs {
  messages: OpenedMessage[];
  ranges: Map<string, TopicRead['ranges']>;
}

/** Reads both logs, unseals and decodes them, without anything of the projector. */
export async function openLogs(log: SealedLog, env: Record<string, string>): Promise<OpenedLogs> {
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'drill' });
  const topics = topicsOf(env.TOPIC_PREFIX);
  const [involvements, identities] = await Promise.all([readTopic(kafka, topics.involvementLog), readTopic(kafka, topics.identityLog)]);
  const messages = [...(await openEvents(log, involvements.messages)), ...(await openDecisions(log, identities.messages))];
  return {
    messages,
    ranges: new Map([
      [topics.involvementLog, involvements.ranges],
      [topics.identityLog, identities.ranges],
    ]),
  };
}

async function openEvents(log: SealedLog, messages: Logged[]): Promise<OpenedMessage[]> {
  const schemas = SchemaStore.open();
  await log.codec.prepare(messages.map(({ value }) => value));
  const envelopes = messages.map(({ value }) => orNothing(() => log.codec.decodeEnvelope(value!)));
  const keys = await log.keys.keysFor(envelopes.flatMap((envelope) => (envelope ? [envelope.subject] : [])));
  return messages.map((message, index): OpenedMessage => {
    const envelope = envelopes[index];
    const key = keys.get(envelope?.subject ?? '');
    if (envelope === undefined) return message;
    if (key === undefined || key === 'missing') return { ...message, envelope };
    if (key === 'erased') return { ...message, envelope, erased: true };
    const event = orNothing(() => schemas.decodeEvent(envelope.type, envelope.schema, unsealEvent(key, envelope)));
    if (event === undefined || !agrees(event, envelope) || !namesTokens(event)) return { ...message, envelope };
    const { partition, offset } = message;
    return { ...message, envelope, entry: { log: 'involvement-log', event, place: { subject: envelope.subject, partition, offset } } };
  });
}

async function openDecisions(log: SealedLog, messages: Logged[]): Promise<OpenedMessage[]> {
  await log.codec.prepare(messages.map(({ value }) => value));
  return messages.map((message) => {
    const decision = orNothing(() => log.codec.decodeDecision(message.value!));
    if (decision === undefined) return message;
    const { partition, offset, timestamp: publishedAt } = message;
    return { ...message, entry: { log: 'identity-log', decision, place: { partition, offset, publishedAt } } };
  });
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

type Envelope = ReturnType<SealedLog['codec']['decodeEnvelope']>;

/** An event that contradicts its envelope is of no use. */
const agrees = (event: InvolvementEvent, envelope: Envelope) =>
  event.eventId === envelope.id &&
  event.source === envelope.source &&
  event.sourceVersion.epoch === envelope.sourceVersion.epoch &&
  event.sourceVersion.position === envelope.sourceVersion.position;

const TOKEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const namesTokens = (event: InvolvementEvent) =>
  [...('newRecordId' in event ? [event.newRecordId] : []), ...('otherRecordId' in event ? [event.otherRecordId] : [])].every((token) =>
    TOKEN.test(token),
  );

import { type Envelope, type InvolvementEvent, topicsOf } from '#lib/events';
import { LogCodec, SchemaStore } from '#lib/kafka';
import { KeyStore, unsealEvent } from '#lib/sealing';
import { readLog } from './read-log.js';

export interface LoggedEvent {
  partition: number;
  offset: number;
  key: string | null;
  envelope: Envelope;
  event: InvolvementEvent;
}

/** Everything in `involvement-log`, unsealed with the environment's own keys, by partition and offset. */
export async function loggedEvents(env: Record<string, string>): Promise<LoggedEvent[]> {
  const schemas = SchemaStore.open();
  const codec = await LogCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR!, schemas });
  const keyStore = await KeyStore.open({
    url: env.KEY_STORE_URL!,
    keyEncryptionKey: Buffer.from(env.KEY_ENCRYPTION_KEY!, 'base64'),
    lookupSecret: Buffer.from(env.KEY_LOOKUP_SECRET!, 'base64'),
  });
  try {
    const messages = await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).involvementLog);
    await codec.prepare(messages.map(({ value }) => value));
    const envelopes = messages.map((message) => ({ ...message, envelope: codec.decodeEnvelope(message.value) }));
    const keys = await keyStore.keysFor(envelopes.map(({ envelope }) => envelope.subject));
    return envelopes.map(({ partition, offset, key, envelope }) => {
      const dataKey = keys.get(envelope.subject);
      if (dataKey === undefined || typeof dataKey === 'string') throw new Error(`the key of ${envelope.subject} is ${dataKey}`);
      const event = schemas.decodeEvent(envelope.type, envelope.schema, unsealEvent(dataKey, envelope));
      return { partition, offset, key, envelope, event };
    });
  } finally {
    await keyStore.close();
  }
}

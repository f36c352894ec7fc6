import { type Kafka, type LogCodec, logEnds, type LogMessage, readRange, type SchemaStore } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import { type KeyStore, sealText, unsealEvent } from '#lib/sealing';
import type { Digests } from './digests.js';
import { factOfEvent } from './fact-of-event.js';
import { foldLogged } from './fold-logged.js';
import { nameOf, type Remembered, type RememberedFact } from './remembered.js';

interface Tools {
  kafka: Kafka;
  topic: string;
  codec: LogCodec;
  schemas: SchemaStore;
  keyStore: KeyStore;
  remembered: Remembered;
  digests: Digests;
  logger: Logger;
}

/**
 * Makes what is remembered of a source anew, from the whole log as far as it goes now. Whatever the source publishes meanwhile waits.
 * Events of erased records, and those that can't be read, leave nothing.
 * @returns how many events were of this source
 */
export async function rememberFromLog(source: string, tools: Tools): Promise<number> {
  const { kafka, topic, remembered, logger } = tools;
  let events = 0;
  await remembered.forgetAll(source);
  const ends = await logEnds(kafka, topic);
  await readRange({
    kafka,
    groupPrefix: `ingest-remember-${source}-`,
    ranges: ends.map(({ partition, offset }) => ({ topic, partition, from: 0, to: offset })),
    signal: new AbortController().signal,
    logger,
    apply: async ({ messages }) => {
      const own = await rememberBatch(source, messages, tools);
      events += own;
    },
  });
  return events;
}

async function rememberBatch(source: string, messages: readonly LogMessage[], tools: Tools): Promise<number> {
  const { remembered, digests } = tools;
  const opened = await openedOf(source, messages, tools);
  const named = opened.flatMap(({ event, key }) => {
    const name = factOfEvent(event);
    return name ? [{ event, key, ...name, fact: digests.ofFact(source, name) }] : [];
  });
  const known = await remembered.of(
    source,
    named.map(({ fact }) => fact),
  );
  const after = new Map<string, { fact: Buffer; state: RememberedFact | null }>();
  for (const { event, key, kind, id, fact } of named) {
    const before = after.has(nameOf(fact)) ? after.get(nameOf(fact))!.state : known.get(nameOf(fact));
    const ids = sealText(key, JSON.stringify([id, event.type === 'SourceChecked' ? '' : event.recordId]));
    after.set(nameOf(fact), { fact, state: foldLogged(before, event, { subject: key.subject, fact, kind, ids }, digests) });
  }
  const states = [...after.values()];
  await remembered.keep(
    source,
    states.flatMap(({ state }) => state ?? []),
  );
  await remembered.forget(
    source,
    states.flatMap(({ fact, state }) => (state ? [] : [fact])),
  );
  return opened.length;
}

async function openedOf(source: string, messages: readonly LogMessage[], { codec, schemas, keyStore, logger }: Tools) {
  await codec.prepare(messages.map(({ value }) => value));
  const envelopes = messages.flatMap(({ value }) => orLeave(logger, () => (value ? codec.decodeEnvelope(value) : undefined)) ?? []);
  const own = envelopes.filter((envelope) => envelope.source === source);
  const keys = await keyStore.keysFor(own.map(({ subject }) => subject));
  return own.flatMap((envelope) => {
    const key = keys.get(envelope.subject);
    if (key === undefined || typeof key === 'string') return [];
    const event = orLeave(logger, () => schemas.decodeEvent(envelope.type, envelope.schema, unsealEvent(key, envelope)));
    return event ? [{ event, key }] : [];
  });
}

/** The projector parks what can't be read; here it leaves no trace, and is told once more by the next file. */
function orLeave<T>(logger: Logger, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'retriable' in error && error.retriable === true) throw error;
    logger.warn({ code: (error as { code?: unknown }).code }, 'an event of the log could not be read');
    return undefined;
  }
}

import { randomUUID } from 'node:crypto';
import { type Envelope, type IdentityDecision, type SourceEvent, topicsOf } from '#lib/events';
import { connectKafka, LogCodec, LogProducer, SchemaStore } from '#lib/kafka';
import { eventIdOf, KeyStore, SEALING_VERSION, sealEvent, type SubjectKey } from '#lib/sealing';

export interface LoggedAt {
  subject: string;
  partition: number;
  offset: number;
}

/** Writes both logs as ingest and the matcher do, without them: for tests and benchmarks of what reads the logs. */
export class SealedLog {
  private readonly schemas = SchemaStore.open();
  private readonly topics;

  private constructor(
    readonly keys: KeyStore,
    readonly codec: LogCodec,
    readonly producer: LogProducer,
    prefix: string,
  ) {
    this.topics = topicsOf(prefix);
  }

  /** @param env as given to an app */
  static async open(env: Record<string, string>): Promise<SealedLog> {
    const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'sealed-log' });
    const keys = await KeyStore.open({
      url: env.KEY_STORE_URL!,
      keyEncryptionKey: Buffer.from(env.KEY_ENCRYPTION_KEY!, 'base64'),
      lookupSecret: Buffer.from(env.KEY_LOOKUP_SECRET!, 'base64'),
    });
    const codec = await LogCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR! });
    return new SealedLog(keys, codec, await LogProducer.open(kafka), env.TOPIC_PREFIX!);
  }

  /** Publishes events in the order given, other records already named by their tokens. @returns where each stands */
  async publish(events: SourceEvent[]): Promise<LoggedAt[]> {
    const records = events.map((event) => ({ source: event.source, recordId: 'recordId' in event ? event.recordId : '' }));
    const keys = await this.keys.subjectsFor(records);
    const values = events.map((event, index) => this.sealed(event, keys[index]!));
    const places = await this.producer.send(
      this.topics.involvementLog,
      values.map((value, index) => ({ key: keys[index]!.subject, value })),
    );
    return places.map((place, index) => ({ ...place, subject: keys[index]!.subject }));
  }

  /** Puts bytes on the involvement log as they are. */
  async publishRaw(messages: { key: string; partition?: number; value: Buffer }[]): Promise<{ partition: number; offset: number }[]> {
    return this.producer.send(this.topics.involvementLog, messages);
  }

  /** Publishes identity decisions, all to one partition. */
  async decide(decisions: IdentityDecision[], partition = 0): Promise<void> {
    const messages = decisions.map((decision) => ({
      key: 'subject' in decision ? decision.subject : randomUUID(),
      partition,
      value: this.codec.encodeDecision(decision),
    }));
    await this.producer.send(this.topics.identityLog, messages);
  }

  /** An event as it stands in the log. @param change lets a test spoil the envelope */
  sealed(event: SourceEvent, key: SubjectKey, change: (envelope: Envelope) => Envelope = (envelope) => envelope): Buffer {
    const { epoch, position } = event.sourceVersion;
    const eventId = eventIdOf(key, [event.type, JSON.stringify(event), epoch, position]);
    const { schema, bytes } = this.schemas.encodeEvent({ ...event, eventId });
    const clear = {
      id: eventId,
      type: event.type,
      source: event.source,
      subject: key.subject,
      sourceVersion: event.sourceVersion,
      occurredAt: event.occurredAt,
      publishedAt: Date.now(),
      schema,
      keyIds: [key.keyId],
      sealingVersion: SEALING_VERSION,
    };
    return this.codec.encodeEnvelope(change({ ...clear, sealed: sealEvent(key, clear, bytes) }));
  }

  async close(): Promise<void> {
    await this.producer.close();
    await this.keys.close();
  }
}

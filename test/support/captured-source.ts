import { topicsOf } from '#lib/events';
import { LogCodec, type LogMessage } from '#lib/kafka';
import type { Mapping } from '../../apps/ingest/src/sources/mapping.js';
import { mosaic } from '../../apps/ingest/src/sources/mosaic.js';
import { appEnv } from './app-env.js';
import { Connector } from './captured.js';
import { openIngest, type OpenIngest } from './open-ingest.js';
import { loggedEvents } from './open-envelopes.js';
import { readLog } from './read-log.js';

/** Mosaic, all of which comes by captured changes. */
export const whole: Mapping = { ...mosaic, captured: { ...mosaic.captured!, covers: 'everything' } };

export const person = (id: string, more: object = {}) => ({
  PERSON_ID: id,
  LAST_NAME: 'Ashdown',
  FIRST_NAMES: 'Freya',
  DELETED: 'N',
  ...more,
});
export const allocation = (id: string, more: object = {}) => ({
  ALLOCATION_ID: `A-${id}`,
  PERSON_ID: id,
  START_DATE: '2026-09-14',
  DELETED: 'N',
  ...more,
});

/** A source whose changes ingest takes, on a log and databases of its own. */
export class CapturedSource {
  /** When the connector writes. */
  clock = Date.parse('2026-11-20T09:00:00Z');
  readonly connector = new Connector(whole, () => this.clock);
  readonly take: (...messages: LogMessage[]) => Promise<void>;

  private constructor(
    readonly env: Record<string, string>,
    readonly ingest: OpenIngest,
  ) {
    const changes = ingest.capture(whole);
    this.take = (...messages) => changes.take(messages, async () => undefined);
  }

  static async open(): Promise<CapturedSource> {
    const env = await appEnv();
    return new CapturedSource(env, await openIngest(env));
  }

  async logged() {
    return (await loggedEvents(this.env)).map(({ event, envelope }) => ({ ...event, id: envelope.id }));
  }

  /** What was told of a record, in the order of the log. */
  async typesOf(id: string): Promise<string[]> {
    return (await this.logged()).filter((event) => event.type !== 'SourceChecked' && event.recordId === id).map(({ type }) => type);
  }

  /** How often, and how, it was said that the source was looked at. */
  async looked() {
    const events = await loggedEvents(this.env);
    return events.flatMap(({ event, partition }) => (event.type === 'SourceChecked' && partition === 0 ? event : []));
  }

  async refusals() {
    const codec = await LogCodec.open({ registryUrl: this.env.REGISTRY_URL!, cacheDir: this.env.CACHE_DIR! });
    const messages = await readLog(this.env.KAFKA_BROKERS!, topicsOf(this.env.TOPIC_PREFIX).rejections);
    await codec.prepare(messages.map(({ value }) => value));
    return messages.map(({ value }) => codec.decodeRejection(value));
  }

  close(): Promise<void> {
    return this.ingest.close();
  }
}

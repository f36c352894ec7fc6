import type { SourceEvent } from '#lib/events';
import { RetryableError } from '#lib/runtime';
import { ContractBrokenError, UndecodableError } from './errors.js';
import { FRAME, framed, schemaIdOf } from './frame.js';
import { SchemaIds } from './schema-ids.js';
import { SchemaStore } from './schema-store.js';

/** Fields that hold an instant: milliseconds in Avro, text with a time zone in JSON. */
const INSTANTS = ['occurredAt', 'confirmedAt', 'completeTo'];

/**
 * Events as sources write them to their landing topics: plain Avro of the event's own schema, in Confluent framing. The registry is asked at `open` and by
 * `prepare`, never per message.
 */
export class LandingCodec {
  private constructor(
    private readonly ids: SchemaIds,
    private readonly schemas: SchemaStore,
    private readonly types: ReadonlySet<string>,
  ) {}

  /** @param types the events a source may write. @throws RegistryUnavailableError (retriable), SchemaNotRegisteredError */
  static async open(o: { registryUrl: string; cacheDir: string; schemas: SchemaStore; types: readonly string[] }): Promise<LandingCodec> {
    const { schemas, types } = o;
    return new LandingCodec(await SchemaIds.open({ ...o, written: types.map((type) => schemas.current(type)) }), schemas, new Set(types));
  }

  /** @throws RegistryUnavailableError (retriable): nothing is known about the messages yet */
  async prepare(messages: Iterable<Buffer | null>): Promise<void> {
    const framed = [...messages].filter((message) => message !== null && message.length >= FRAME && message[0] === 0);
    for (const id of new Set(framed.map((message) => message!.readUInt32BE(1)))) if (!this.ids.knows(id)) await this.ids.learn(id);
  }

  /** @param event its name is not the source's to give: ingest names it */
  encode(event: SourceEvent): Buffer {
    const schema = this.schemas.current(event.type);
    return framed(schema.encode({ ...event, eventId: '' }, FRAME), this.ids.of(schema));
  }

  /**
   * The event as its source would have sent it in JSON: nothing of it is believed yet.
   * @throws UndecodableError, ContractBrokenError; a retriable error when the message was not prepared
   */
  decode(message: Buffer): object {
    const id = schemaIdOf(message);
    const writer = this.ids.writer(id);
    if (writer === 'unknown') throw new UndecodableError('schema-unknown', 'the id of a registered schema', `id ${id}`);
    if (writer === undefined) throw new RetryableError('schema-not-read', `schema ${id} was not looked up: prepare the batch first`);
    if (!this.types.has(writer.record)) throw new ContractBrokenError('wrong-record', 'an event of a source', writer.record);
    const { eventId: _, ...event } = this.schemas.current(writer.record).decode(message.subarray(FRAME), writer) as Record<string, unknown>;
    const inWords = INSTANTS.filter((field) => event[field] !== null && event[field] !== undefined).map((field) => [
      field,
      instant(event[field]),
    ]);
    return { type: writer.record, ...event, ...(Object.fromEntries(inWords) as object) };
  }
}

/** What is no instant that can be written stays as it is, for the rules to refuse. */
function instant(value: unknown): unknown {
  const at = new Date(Number(value));
  return Number.isNaN(at.getTime()) ? value : at.toISOString();
}

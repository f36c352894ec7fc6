import type { DecisionType, Envelope, IdentityDecision } from '#lib/events';
import { RetryableError } from '#lib/runtime';
import type { AvroSchema } from './avro-schema.js';
import { checkDecision, checkEnvelope, DECISION_TYPES } from './check-fields.js';
import { ContractBrokenError, UndecodableError } from './errors.js';
import { FRAME, framed, schemaIdOf } from './frame.js';
import type { Rejection } from './rejection.js';
import { SchemaIds } from './schema-ids.js';
import { SchemaStore } from './schema-store.js';

/** The records that travel in frames of their own; events travel sealed inside an envelope. */
const FRAMED = ['Envelope', 'Rejection', ...DECISION_TYPES];

/**
 * Messages of the logs to bytes and back, in Confluent framing. The registry is asked at `open` and by `prepare`, never per message:
 * call `prepare` with a batch, then decode its messages synchronously.
 */
export class LogCodec {
  readonly #writers: Map<string, AvroSchema>;

  private constructor(
    private readonly ids: SchemaIds,
    schemas: SchemaStore,
  ) {
    this.#writers = new Map(FRAMED.map((record) => [record, schemas.current(record)]));
  }

  /**
   * Learns the ids this build writes with, from the registry or, during its outage, from the cache on disk.
   * @throws RegistryUnavailableError (retriable), SchemaNotRegisteredError
   */
  static async open(o: { registryUrl: string; cacheDir: string; schemas?: SchemaStore; deadline?: number }): Promise<LogCodec> {
    const schemas = o.schemas ?? SchemaStore.open();
    return new LogCodec(await SchemaIds.open({ ...o, written: FRAMED.map((record) => schemas.current(record)) }), schemas);
  }

  /**
   * Looks up the schema ids of a batch that were not met before; bytes without a readable frame are left to `decode…` to refuse.
   * @throws RegistryUnavailableError (retriable): nothing is known about the messages yet.
   */
  async prepare(messages: Iterable<Buffer | null>): Promise<void> {
    const unmet = new Set<number>();
    for (const message of messages) {
      if (message === null || message.length < FRAME || message[0] !== 0) continue;
      const id = message.readUInt32BE(1);
      if (!this.ids.knows(id)) unmet.add(id);
    }
    for (const id of unmet) await this.ids.learn(id);
  }

  /** The registry is asked anew for every schema this build does not write with: what it said may have been wrong, or too early. */
  askAgain(): Promise<void> {
    return this.ids.askAgain();
  }

  /** @throws ContractBrokenError when a field is missing, of another type, or all is too large. */
  encodeEnvelope(envelope: Envelope): Buffer {
    return this.#encode('Envelope', Buffer.isBuffer(envelope.sealed) ? envelope : { ...envelope, sealed: Buffer.from(envelope.sealed) });
  }

  /** @throws UndecodableError, ContractBrokenError; a retriable error when the batch was not prepared. */
  decodeEnvelope(message: Buffer): Envelope {
    const writer = this.#writerOf(message);
    if (writer.record !== 'Envelope') throw new ContractBrokenError('wrong-record', 'Envelope', writer.record);
    const envelope = this.#decode(message, writer) as Envelope;
    checkEnvelope(envelope);
    return envelope;
  }

  /** @throws ContractBrokenError when a field is missing or of another type. */
  encodeDecision(decision: IdentityDecision): Buffer {
    return this.#encode(decision.type, decision);
  }

  /** @throws UndecodableError, ContractBrokenError; a retriable error when the batch was not prepared. */
  decodeDecision(message: Buffer): IdentityDecision {
    const writer = this.#writerOf(message);
    const type = DECISION_TYPES.find((name) => name === writer.record);
    if (type === undefined) throw new ContractBrokenError('wrong-record', 'an identity decision', writer.record);
    const decision = this.#decode(message, writer) as IdentityDecision & { type: DecisionType };
    decision.type = type;
    checkDecision(decision);
    return decision;
  }

  encodeRejection(rejection: Rejection): Buffer {
    return this.#encode('Rejection', rejection);
  }

  /** @throws UndecodableError, ContractBrokenError; a retriable error when the batch was not prepared. */
  decodeRejection(message: Buffer): Rejection {
    const writer = this.#writerOf(message);
    if (writer.record !== 'Rejection') throw new ContractBrokenError('wrong-record', 'Rejection', writer.record);
    return this.#decode(message, writer) as Rejection;
  }

  #encode(record: string, value: object): Buffer {
    const schema = this.#schema(record);
    return framed(schema.encode(value, FRAME), this.ids.of(schema));
  }

  #decode(message: Buffer, writer: AvroSchema): object {
    return this.#schema(writer.record).decode(message.subarray(FRAME), writer);
  }

  #schema(record: string): AvroSchema {
    const schema = this.#writers.get(record);
    if (!schema) throw new ContractBrokenError('wrong-record', FRAMED.join(', '), record);
    return schema;
  }

  #writerOf(message: Buffer): AvroSchema {
    const id = schemaIdOf(message);
    const writer = this.ids.writer(id);
    if (writer === 'unknown') throw new UndecodableError('schema-unknown', 'the id of a registered schema', `id ${id}`);
    if (writer === undefined) throw new RetryableError('schema-not-read', `schema ${id} was not looked up: prepare the batch first`);
    return writer;
  }
}

import { createHash } from 'node:crypto';
import avro from 'avsc';
import { type AvroJson, byteCheckOf } from './check-bytes.js';
import { ContractBrokenError, UndecodableError } from './errors.js';

type Resolver = ReturnType<avro.Type['createResolver']>;

/** No message of a log is larger, nor any event inside (Kafka's own default limit is 1,048,588 bytes). */
export const LARGEST_MESSAGE = 1_000_000;

/** One version of one record schema: its text, the fingerprint of that text, and bytes in and out of it. */
export class AvroSchema {
  /** SHA-256 in hex of the text; avsc's own fingerprint ignores defaults and logical types. */
  readonly fingerprint: string;
  /** Name without namespace, as in `InvolvementOpened`. */
  readonly record: string;
  /** Name with namespace: the subject in the registry (RecordNameStrategy). */
  readonly subject: string;
  readonly #type: avro.Type;
  readonly #check: (bytes: Uint8Array) => void;
  readonly #resolvers = new Map<string, Resolver | undefined>();
  #scratch = Buffer.allocUnsafe(8192);

  constructor(readonly text: string) {
    const json = JSON.parse(text) as AvroJson & { name: string };
    this.fingerprint = createHash('sha256').update(text).digest('hex');
    this.#type = avro.Type.forSchema(json as avro.Schema, { registry: {}, omitRecordMethods: true });
    this.#check = byteCheckOf(json);
    this.subject = this.#type.name ?? '';
    this.record = this.subject.slice(this.subject.lastIndexOf('.') + 1);
  }

  /**
   * Bare Avro, with `room` bytes left free in front for a frame.
   * @throws ContractBrokenError naming the field (never its value) where the value doesn't fit, or when it is too large.
   */
  encode(value: object, room = 0): Buffer {
    let end = this.#write(value, room);
    if (end < 0) {
      this.#scratch = Buffer.allocUnsafe(2 * (this.#scratch.length - end));
      end = this.#write(value, room);
    }
    if (end > LARGEST_MESSAGE) {
      throw new ContractBrokenError('too-large', `${this.record} of at most ${LARGEST_MESSAGE} bytes`, `${end} bytes`);
    }
    return Buffer.from(this.#scratch.subarray(0, end));
  }

  /** Whether `createResolver` finds a way from the writer's fields to ours. @throws ContractBrokenError if not. */
  canRead(writer: AvroSchema): void {
    this.#resolverFor(writer);
  }

  /** Reads bytes that `writer` wrote as this schema's record. @throws UndecodableError, ContractBrokenError */
  decode(bytes: Buffer, writer: AvroSchema): object {
    if (bytes.length > LARGEST_MESSAGE) {
      throw new UndecodableError('too-large', `at most ${LARGEST_MESSAGE} bytes`, `${bytes.length} bytes`);
    }
    const resolver = writer === this ? undefined : this.#resolverFor(writer);
    writer.#check(bytes);
    return this.#type.fromBuffer(bytes, resolver) as object;
  }

  #write(value: object, room: number): number {
    try {
      return this.#type.encode(value, this.#scratch, room);
    } catch {
      throw new ContractBrokenError('not-encodable', `a value of ${this.record}`, this.#whereInvalid(value));
    }
  }

  #whereInvalid(value: object): string {
    const found: string[] = [];
    this.#type.isValid(value, {
      errorHook: (path: string[], _value: unknown, type: avro.Type) => found.push(`/${path.join('/')} is no ${type.typeName}`),
    });
    return found.join(', ') || 'something else';
  }

  #resolverFor(writer: AvroSchema): Resolver | undefined {
    if (this.#resolvers.has(writer.fingerprint)) return this.#resolvers.get(writer.fingerprint);
    try {
      const resolver = this.#type.equals(writer.#type) ? undefined : this.#type.createResolver(writer.#type);
      this.#resolvers.set(writer.fingerprint, resolver);
      return resolver;
    } catch {
      throw new ContractBrokenError('schema-unreadable', `a version compatible with ${this.record}`, `schema ${writer.fingerprint}`);
    }
  }
}

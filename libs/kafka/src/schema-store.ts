import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { EventType, InvolvementEvent } from '#lib/events';
import { AvroSchema } from './avro-schema.js';
import { ContractBrokenError } from './errors.js';

/**
 * The schemas this build knows: the current text of each (`schemas/*.avsc`) and every version ever published (`schemas/history`).
 * Each file is parsed by itself, so equal names of nested records in two files never meet.
 */
export class SchemaStore {
  readonly #current: Map<string, AvroSchema>;
  readonly #published: Map<string, AvroSchema>;

  private constructor(current: AvroSchema[], published: AvroSchema[]) {
    this.#current = new Map(current.map((schema) => [schema.record, schema]));
    this.#published = new Map([...published, ...current].map((schema) => [schema.fingerprint, schema]));
  }

  /** Reads the folder once, at start. @throws Error when a kept version is no longer what its name says. */
  static open(folder = schemasFolder()): SchemaStore {
    const history = join(folder, 'history');
    const kept = readdirSync(history).flatMap((event) => avscFiles(join(history, event)));
    const published = kept.map((path) => {
      const schema = read(path);
      if (schema.fingerprint !== basename(path, '.avsc')) throw new Error(`${path} was changed: its SHA-256 is ${schema.fingerprint}`);
      return schema;
    });
    return new SchemaStore(avscFiles(folder).map(read), published);
  }

  /** @param record its name, as in `InvolvementOpened` or `Envelope`. */
  current(record: string): AvroSchema {
    const schema = this.#current.get(record);
    if (!schema) throw new ContractBrokenError('wrong-record', 'a record of schemas/', record);
    return schema;
  }

  /** Every current schema, events and others. */
  all(): AvroSchema[] {
    return [...this.#current.values()];
  }

  /** The event as bare Avro, and the fingerprint of the schema it is written with. @throws ContractBrokenError */
  encodeEvent(event: InvolvementEvent): { schema: string; bytes: Buffer } {
    const schema = this.current(event.type);
    return { schema: schema.fingerprint, bytes: schema.encode(event) };
  }

  /**
   * @param schema fingerprint of the schema the bytes were written with, from the envelope.
   * @throws UndecodableError, ContractBrokenError
   */
  decodeEvent(type: EventType, schema: string, bytes: Uint8Array): InvolvementEvent {
    const reader = this.current(type);
    const writer = this.#published.get(schema);
    if (!writer) throw new ContractBrokenError('event-schema-unknown', `a version of ${type} kept in schemas/history`, `schema ${schema}`);
    if (writer.record !== type) throw new ContractBrokenError('wrong-record', type, writer.record);
    const event = reader.decode(asBuffer(bytes), writer) as InvolvementEvent;
    event.type = type;
    return event;
  }
}

const asBuffer = (bytes: Uint8Array) => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));

const read = (path: string) => new AvroSchema(readFileSync(path, 'utf8'));
const avscFiles = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.avsc'))
    .sort()
    .map((name) => join(folder, name));

/** The nearest `schemas` folder above this file, whether it runs from `libs` or compiled from `dist/libs`. */
function schemasFolder(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'schemas', 'envelope.avsc'))) return join(folder, 'schemas');
  }
  throw new Error('the folder schemas/ is nowhere above libs/kafka');
}

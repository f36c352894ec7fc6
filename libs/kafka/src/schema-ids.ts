import { AvroSchema } from './avro-schema.js';
import { RegistryUnavailableError, SchemaNotRegisteredError } from './errors.js';
import { Registry } from './registry.js';
import { RegistryCache } from './registry-cache.js';

/** An id the registry did not know is asked for again after this many milliseconds. */
const ASK_AGAIN = 30_000;

/** Which schema stands behind which registry id, as far as this process has met them. */
export class SchemaIds {
  readonly #ids = new Map<AvroSchema, number>();
  readonly #writers = new Map<number, AvroSchema>();
  readonly #unknownUntil = new Map<number, number>();

  private constructor(
    private readonly registry: Registry,
    private readonly cache: RegistryCache,
  ) {}

  /** @param written the schemas this build writes with. @throws RegistryUnavailableError (retriable), SchemaNotRegisteredError */
  static async open(o: { registryUrl: string; cacheDir: string; written: AvroSchema[]; deadline?: number }): Promise<SchemaIds> {
    const cache = await RegistryCache.open(o.cacheDir, o.registryUrl);
    const all = new SchemaIds(new Registry(o.registryUrl, o.deadline), cache);
    const found = await all.#idsFromRegistry(o.written).catch((error: unknown) => all.#idsFromCache(o.written, error));
    for (const [schema, id] of found) {
      all.#ids.set(schema, id);
      all.#writers.set(id, schema);
    }
    return all;
  }

  /** The id to write with. */
  of(schema: AvroSchema): number {
    const id = this.#ids.get(schema);
    if (id === undefined) throw new SchemaNotRegisteredError('schema-not-registered', `no id for ${schema.record}`);
    return id;
  }

  writer(id: number): AvroSchema | 'unknown' | undefined {
    return this.#writers.get(id) ?? (this.#unknownUntil.has(id) ? 'unknown' : undefined);
  }

  knows(id: number): boolean {
    return this.#writers.has(id) || (this.#unknownUntil.get(id) ?? 0) > Date.now();
  }

  /** Asks the disk, then the registry. @throws RegistryUnavailableError (retriable) */
  async learn(id: number): Promise<void> {
    const kept = this.cache.schemaText(id);
    const text = kept ?? (await this.registry.schemaText(id));
    if (text === null) {
      await this.#registryIsOurs();
      this.#unknownUntil.set(id, Date.now() + ASK_AGAIN);
      return;
    }
    if (kept === undefined) await this.cache.keepSchema(id, text);
    const schema = readable(text);
    if (schema) this.#writers.set(id, schema);
    else this.#unknownUntil.set(id, Infinity);
  }

  /** A registry that has lost the schemas we write with knows nothing about other ids either: an outage, not bad messages. */
  async #registryIsOurs(): Promise<void> {
    const [first] = this.#ids;
    if (!first) return;
    const [schema, id] = first;
    if ((await this.registry.idOf(schema.subject, schema.text)) !== id) {
      throw new RegistryUnavailableError(`${schema.subject} no longer has id ${id} there`);
    }
  }

  async #idsFromRegistry(written: AvroSchema[]): Promise<[AvroSchema, number][]> {
    const found = await Promise.all(
      written.map(async (schema): Promise<[AvroSchema, number]> => {
        const id = await this.registry.idOf(schema.subject, schema.text);
        if (id !== null) return [schema, id];
        throw new SchemaNotRegisteredError('schema-not-registered', `${schema.subject} is not in the registry: register the schemas first`);
      }),
    );
    await this.cache.keepIds(new Map(found.map(([schema, id]) => [schema.fingerprint, id])));
    return found;
  }

  #idsFromCache(written: AvroSchema[], error: unknown): [AvroSchema, number][] {
    if (!(error instanceof RegistryUnavailableError)) throw error;
    return written.map((schema): [AvroSchema, number] => {
      const id = this.cache.idOf(schema.fingerprint);
      if (id === undefined) throw error;
      return [schema, id];
    });
  }
}

/** Nothing when the schema uses what none of ours does: somebody else's message. */
function readable(text: string): AvroSchema | undefined {
  try {
    return new AvroSchema(text);
  } catch {
    return undefined;
  }
}

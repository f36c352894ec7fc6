import { AvroSchema } from './avro-schema.js';
import { RegistryUnavailableError, SchemaNotRegisteredError } from './errors.js';
import { Registry } from './registry.js';
import { RegistryCache } from './registry-cache.js';

/** What the registry says of an id is asked again after this many milliseconds, and ever later as long as it says the same. */
const ASK_AGAIN = 30_000;
const ASK_AGAIN_AT_LATEST = 300_000;

/** What the registry said of an id we do not write with; no text: that it does not know it. */
interface Told {
  text: string | null;
  schema: AvroSchema | undefined;
  askAgainAt: number;
  wait: number;
}

/** Which schema stands behind which registry id, as far as this process has met them. */
export class SchemaIds {
  readonly #ids = new Map<AvroSchema, number>();
  readonly #written = new Map<number, AvroSchema>();
  readonly #told = new Map<number, Told>();

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
      all.#written.set(id, schema);
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
    const told = this.#told.get(id);
    return this.#written.get(id) ?? (told && (told.schema ?? 'unknown'));
  }

  knows(id: number): boolean {
    return this.#written.has(id) || (this.#told.get(id)?.askAgainAt ?? 0) > Date.now();
  }

  /** Asks the disk once, then the registry; while it is away, what it said before holds. @throws RegistryUnavailableError (retriable) */
  async learn(id: number): Promise<void> {
    const before = this.#told.get(id);
    const kept = before ? undefined : this.cache.schemaText(id);
    const text = kept ?? (await this.#askRegistry(id, before));
    const same = before?.text === text ? before : undefined;
    const schema = same?.schema ?? (text === null ? undefined : readable(text));
    const wait = same ? Math.min(same.wait * 2, ASK_AGAIN_AT_LATEST) : ASK_AGAIN;
    this.#told.set(id, { text, schema, wait, askAgainAt: Date.now() + wait });
    if (kept !== undefined) return;
    // A restart may go by what is a version of ours; anything else the registry may take back.
    if (text !== null && schema && this.#isOneOfOurs(schema)) await this.cache.keepSchema(id, text);
    else await this.cache.forgetSchemas([id]);
  }

  /** Whatever the registry said of ids we do not write with may have been wrong, or asked too early: `learn` asks it anew. */
  async askAgain(): Promise<void> {
    await this.cache.forgetSchemas(this.cache.schemaIds());
    for (const told of this.#told.values()) Object.assign(told, { askAgainAt: 0, wait: ASK_AGAIN / 2 });
  }

  async #askRegistry(id: number, before: Told | undefined): Promise<string | null> {
    try {
      const text = await this.registry.schemaText(id);
      if (text === null) await this.#registryIsOurs();
      return text;
    } catch (error) {
      if (before?.schema && error instanceof RegistryUnavailableError) return before.text;
      throw error;
    }
  }

  #isOneOfOurs(schema: AvroSchema): boolean {
    const ours = [...this.#ids.keys()].find(({ subject }) => subject === schema.subject);
    try {
      ours?.canRead(schema);
      return ours !== undefined;
    } catch {
      return false;
    }
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

import { setTimeout as pause } from 'node:timers/promises';
import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { RegistryUnavailableError, SchemaNotRegisteredError } from './errors.js';

/**
 * The schema registry, through its Confluent interface. The client library reports an outage as status 400 and may wait for ever:
 * here only 404, 409 and 422 count as answers, everything else is an outage, and every call ends by the deadline.
 */
export class Registry {
  readonly #client: SchemaRegistry;

  /** @param url with its path, as in `http://localhost:8080/apis/ccompat/v7`. @param deadline milliseconds for one call. */
  constructor(
    private readonly url: string,
    private readonly deadline = 5000,
  ) {
    this.#client = new SchemaRegistry({
      host: url,
      clientId: 'involvement-index',
      retry: { retries: 0 },
      middlewares: [() => ({ prepareRequest: async (next) => (await next()).enhance({ signal: AbortSignal.timeout(deadline) }) })],
    });
  }

  /** The schema's text (empty when it is no Avro schema), or null when the registry answers that it has none by this id. */
  async schemaText(id: number): Promise<string | null> {
    // It remembers what it was told for ever, and the registry may say otherwise by now.
    this.#client.cache.clear();
    const type = (await this.#ask(`schema ${id}`, this.#client.getSchema(id))) as Partial<ExportingType> | null;
    return type === null ? null : (JSON.stringify(type.schema?.({ exportAttrs: true })) ?? '');
  }

  /** The id of a registered schema, or null when the registry answers that it has none such. */
  async idOf(subject: string, text: string): Promise<number | null> {
    const id = await this.#ask(subject, this.#client.getRegistryIdBySchema(subject, { type: SchemaType.AVRO, schema: text }));
    return id === null ? null : idIn(id);
  }

  /**
   * Registers a version. Of two that register a new subject at the same moment one is told of a conflict, in several ways, and none a moment
   * later: a refusal is believed when it is repeated.
   * @throws SchemaNotRegisteredError when the registry refuses it.
   */
  async register(subject: string, text: string): Promise<number> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.#registerOnce(subject, text);
      } catch (error) {
        if (!(error instanceof SchemaNotRegisteredError) || attempt === ATTEMPTS) throw error;
        await pause(100 * attempt);
      }
  }

  async #registerOnce(subject: string, text: string): Promise<number> {
    const registering = this.#client.register(
      { type: SchemaType.AVRO, schema: text },
      { subject, compatibility: COMPATIBILITY.FULL_TRANSITIVE },
    );
    const registered = await this.#ask(subject, registering);
    if (registered === null) throw new RegistryUnavailableError(`no such address: ${this.url}`);
    return idIn(registered.id);
  }

  /** Makes the registry refuse versions that any earlier one could not read, or be read by. @param subject absent: for all. */
  async requireFullTransitive(subject?: string): Promise<void> {
    const path = subject === undefined ? 'config' : `config/${encodeURIComponent(subject)}`;
    for (let attempt = 1; ; attempt += 1) {
      const status = await this.#put(path, { compatibility: 'FULL_TRANSITIVE' });
      if (status < 400) return;
      // Two that say so at once: the second is told of a conflict, and may say it again.
      if (status !== 409 || attempt === ATTEMPTS) throw new RegistryUnavailableError(`status ${status} to PUT ${path}`);
      await pause(100 * attempt);
    }
  }

  async #put(path: string, body: object): Promise<number> {
    const response = await fetch(`${this.url}/${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(this.deadline),
    }).catch((cause: unknown) => {
      throw new RegistryUnavailableError('no answer', { cause });
    });
    await response.body?.cancel();
    return response.status;
  }

  async #ask<T>(what: string, answer: Promise<T>): Promise<T | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new RegistryUnavailableError(`no answer within ${this.deadline} ms`)), this.deadline + 100);
    });
    try {
      return await Promise.race([answer, late]);
    } catch (cause) {
      if (cause instanceof RegistryUnavailableError) throw cause;
      const { status, name } = cause as Error & { status?: number };
      if (status === 404 || name === 'ConfluentSchemaRegistryError') return null;
      if (status === 409 || status === 422 || name === 'ConfluentSchemaRegistryCompatibilityError') {
        throw new SchemaNotRegisteredError(
          'schema-incompatible',
          `the registry refuses ${what}: not compatible with every version before it`,
          {
            cause,
          },
        );
      }
      throw new RegistryUnavailableError('no usable answer', { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

const ATTEMPTS = 5;

/** A proxy's page with status 200 holds no id. */
function idIn(id: unknown): number {
  if (typeof id !== 'number' || !Number.isInteger(id)) throw new RegistryUnavailableError('an answer without an id');
  return id;
}

/** avsc's type as the registry client hands it out: exports defaults and docs too. */
interface ExportingType {
  schema(options: { exportAttrs: boolean }): object;
}

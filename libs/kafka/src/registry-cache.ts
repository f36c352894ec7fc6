import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Remembered = z.object({ ids: z.record(z.string(), z.int()), schemas: z.record(z.string(), z.string()) });

/** What one registry has told us, kept on disk so that a start (or an unusual message) survives its outage. */
export class RegistryCache {
  #remembered: z.output<typeof Remembered> = { ids: {}, schemas: {} };

  private constructor(private readonly path: string) {}

  /** A missing or damaged file is an empty cache. */
  static async open(folder: string, registryUrl: string): Promise<RegistryCache> {
    const name = createHash('sha256').update(registryUrl).digest('hex').slice(0, 16);
    const cache = new RegistryCache(join(folder, `registry-${name}.json`));
    try {
      cache.#remembered = Remembered.parse(JSON.parse(await readFile(cache.path, 'utf8')));
    } catch {
      // nothing to go on: the registry is asked
    }
    return cache;
  }

  /** The id of a schema by its fingerprint. */
  idOf(fingerprint: string): number | undefined {
    return this.#remembered.ids[fingerprint];
  }

  schemaText(id: number): string | undefined {
    return this.#remembered.schemas[id];
  }

  /** A registry that gives a known schema another id was made anew: nothing it said before holds. */
  async keepIds(ids: Map<string, number>): Promise<void> {
    const renewed = [...ids].some(([fingerprint, id]) => (this.idOf(fingerprint) ?? id) !== id);
    if (!renewed && [...ids.keys()].every((fingerprint) => this.idOf(fingerprint) !== undefined)) return;
    const before = renewed ? { ids: {}, schemas: {} } : this.#remembered;
    this.#remembered = { ids: { ...before.ids, ...Object.fromEntries(ids) }, schemas: before.schemas };
    await this.#write();
  }

  schemaIds(): number[] {
    return Object.keys(this.#remembered.schemas).map(Number);
  }

  async keepSchema(id: number, text: string): Promise<void> {
    if (this.schemaText(id) === text) return;
    this.#remembered.schemas[id] = text;
    await this.#write();
  }

  async forgetSchemas(ids: readonly number[]): Promise<void> {
    const known = ids.filter((id) => this.schemaText(id) !== undefined);
    for (const id of known) delete this.#remembered.schemas[id];
    if (known.length > 0) await this.#write();
  }

  /** Written beside and moved into place, so that nobody reads half a file. */
  async #write(): Promise<void> {
    await mkdir(join(this.path, '..'), { recursive: true });
    const beside = `${this.path}.${randomUUID()}`;
    await writeFile(beside, JSON.stringify(this.#remembered));
    await rename(beside, this.path);
  }
}

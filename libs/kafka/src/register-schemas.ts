import { Registry } from './registry.js';
import { SchemaStore } from './schema-store.js';

/**
 * Registers every current schema under the name of its record (RecordNameStrategy) and has the registry enforce FULL_TRANSITIVE, for all and
 * for each. Safe to repeat.
 * @throws RegistryUnavailableError (retriable), SchemaNotRegisteredError when the registry refuses one
 */
export async function registerSchemas(o: {
  registryUrl: string;
  schemas?: SchemaStore;
  deadline?: number;
}): Promise<{ subject: string; id: number }[]> {
  const registry = new Registry(o.registryUrl, o.deadline ?? 15_000);
  await registry.requireFullTransitive();
  const registered = [];
  for (const { subject, text } of (o.schemas ?? SchemaStore.open()).all()) {
    const id = await registry.register(subject, text);
    await registry.requireFullTransitive(subject);
    registered.push({ subject, id });
  }
  return registered;
}

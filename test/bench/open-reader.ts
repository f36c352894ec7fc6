import { LogCodec, SchemaStore } from '#lib/kafka';
import { KeyStore } from '#lib/sealing';

/** What it takes to read the log here as the projector reads it. Close the key store afterwards. */
export async function openReader(env: Record<string, string>): Promise<{ codec: LogCodec; schemas: SchemaStore; keys: KeyStore }> {
  const schemas = SchemaStore.open();
  const codec = await LogCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR!, schemas });
  const keys = await KeyStore.open({
    url: env.KEY_STORE_URL!,
    keyEncryptionKey: Buffer.from(env.KEY_ENCRYPTION_KEY!, 'base64'),
    lookupSecret: Buffer.from(env.KEY_LOOKUP_SECRET!, 'base64'),
  });
  return { codec, schemas, keys };
}

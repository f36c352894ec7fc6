import { readSettings, settings } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import { opsEnvironment } from './environment.js';

/** Works with the data keys of records, and lets go of them afterwards. @throws KeyStoreUnavailableError, which is said in plain words */
export async function withDataKeys<Result>(work: (keys: KeyStore) => Promise<Result>): Promise<Result> {
  const { keyStoreUrl, keyEncryptionKey, keyLookupSecret } = settings;
  const read = readSettings({ keyStoreUrl, keyEncryptionKey, keyLookupSecret }, opsEnvironment());
  const keys = await KeyStore.open({ url: read.keyStoreUrl, keyEncryptionKey: read.keyEncryptionKey, lookupSecret: read.keyLookupSecret });
  try {
    return await work(keys);
  } finally {
    await keys.close();
  }
}

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  postgresPassword: string;
  keyEncryptionKey: string;
  keyLookupSecret: string;
  sessionSecret: string;
  auditTermsKey: string;
  auditSigningKey: string;
  /** Of the two users of the audit database that the query service comes as. */
  auditWriterPassword: string;
  auditReaderPassword: string;
  /** Of the user of the matcher's database that it comes as. */
  matcherStewardsPassword: string;
  /** Of the index at the directory. */
  oidcClientSecret: string;
  /** With which the directory signs (PKCS #8): tokens outlive its restart. */
  directoryKey: string;
}

/** The secrets of this stack, made once and kept, readable by their owner alone. One that a later version adds is made when it is missed. */
export function keptSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const secret = (encoding: 'base64' | 'hex') => randomBytes(32).toString(encoding);
  const secrets: Secrets = {
    postgresPassword: secret('hex'),
    keyEncryptionKey: secret('base64'),
    keyLookupSecret: secret('base64'),
    sessionSecret: secret('hex'),
    auditTermsKey: secret('base64'),
    auditSigningKey: secret('base64'),
    auditWriterPassword: secret('hex'),
    auditReaderPassword: secret('hex'),
    matcherStewardsPassword: secret('hex'),
    oidcClientSecret: secret('hex'),
    directoryKey: kept.directoryKey ?? signingKey(),
    ...kept,
  };
  if (Object.keys(kept).length < Object.keys(secrets).length) writePrivate(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/**
 * One secret per machine client of the directory (`clients/<name>`), user of Kafka (`kafka-users/<name>`) or of a source's database
 * (`source-databases/<name>`), made where it is missing.
 * @returns name → its secret
 */
export function keptSecretsOf(
  kind: 'clients' | 'kafka-users' | 'source-databases',
  folder: string,
  names: readonly string[],
): Record<string, string> {
  mkdirSync(join(folder, kind), { recursive: true, mode: 0o700 });
  return Object.fromEntries(
    names.map((name) => {
      const file = join(folder, kind, name);
      if (!existsSync(file)) writePrivate(file, randomBytes(24).toString('base64url'));
      return [name, readFileSync(file, 'utf8').trim()];
    }),
  );
}

const signingKey = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;

/** Written aside and renamed: an interrupted start leaves no half secret. */
export function writePrivate(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

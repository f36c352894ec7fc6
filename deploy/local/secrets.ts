import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  postgresPassword: string;
  keyEncryptionKey: string;
  keyLookupSecret: string;
  sessionSecret: string;
  auditTermsKey: string;
  auditSigningKey: string;
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
    ...kept,
  };
  if (Object.keys(kept).length < Object.keys(secrets).length) writePrivate(file, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

/**
 * One bearer token per source in `tokens/<source>`, made where it is missing.
 * @returns source → SHA-256 (hex) of its token: all that ingest is told
 */
export function keptTokens(folder: string, sources: string[]): Record<string, string> {
  mkdirSync(join(folder, 'tokens'), { recursive: true, mode: 0o700 });
  return Object.fromEntries(
    sources.map((source) => {
      const file = join(folder, 'tokens', source);
      if (!existsSync(file)) writePrivate(file, randomBytes(24).toString('base64url'));
      return [source, createHash('sha256').update(readFileSync(file, 'utf8').trim()).digest('hex')];
    }),
  );
}

/** Written aside and renamed: an interrupted start leaves no half secret. */
export function writePrivate(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

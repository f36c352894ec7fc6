import { z } from 'zod';
import { SigningKey } from '#lib/audit';
import { readSettings, settings, type SettingSpec } from '#lib/runtime';
import { opsEnvironment } from '../environment.js';

const auditLogName: SettingSpec<string> = {
  env: 'AUDIT_LOG_NAME',
  doc: 'Name of this audit log in its checkpoints, of no other log: a domain of the authority and a path. It stays for ever.',
  schema: z.string().regex(/^[^\s+]+$/, 'must have no spaces and no +'),
  development: 'development.invalid/involvement-index/audit',
  production: 'required',
};

const auditSigningKey: SettingSpec<Buffer> = {
  env: 'AUDIT_SIGNING_KEY',
  doc: 'Signs the checkpoints of the audit log (Ed25519); 32 bytes in base64. Whoever has it can sign another log.',
  schema: z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64'),
  development: Buffer.from('development audit signing key ..').toString('base64'),
  production: 'required',
  secret: true,
};

const auditCheckpointDir: SettingSpec<string> = {
  env: 'AUDIT_CHECKPOINT_DIR',
  doc: 'Folder that checkpoints are pushed to, out of reach of the database’s administrator.',
  schema: z.string().min(1),
  development: '.local/audit-checkpoints',
  production: 'required',
};

const auditCheckpointUrl: SettingSpec<string | undefined> = {
  env: 'AUDIT_CHECKPOINT_URL',
  doc: 'Address that each checkpoint is also sent to by POST, as text; empty for none.',
  schema: z.union([z.literal('').transform(() => undefined), z.url({ protocol: /^https?$/, error: 'must be a URL' })]),
  development: '',
};

const wholeNumber = (most: number) =>
  z.coerce.number('must be a whole number').int('must be a whole number').min(1, 'must be 1 or more').max(most, `must be ${most} or less`);

const auditCheckEvery: SettingSpec<number> = {
  env: 'AUDIT_CHECK_EVERY',
  doc: 'Seconds from one check of the last hour of the audit log, or of all of it, to the next; all of it may take longer.',
  schema: wholeNumber(900),
  development: '300',
};

const auditCheckPace: SettingSpec<number> = {
  env: 'AUDIT_CHECK_PACE',
  doc: 'Entries of the audit log that are checked in a second, at most.',
  schema: wholeNumber(1_000_000),
  development: '2000',
};

const keySpecs = { auditLogName, auditSigningKey };
const sealSpecs = { ...keySpecs, auditCheckpointDir, auditCheckpointUrl, auditUrl: settings.auditUrl };

/** @throws SettingsError */
export const sealSettings = (env = opsEnvironment()) => {
  const { auditLogName: name, auditSigningKey: seed, ...others } = readSettings(sealSpecs, env);
  return { ...others, key: new SigningKey(name, seed) };
};

/** What watching the sealed log needs besides. @throws SettingsError */
export const watchSettings = (env = opsEnvironment()) =>
  readSettings({ auditCheckEvery, auditCheckPace, readModelUrl: settings.readModelUrl }, env);

/** @throws SettingsError */
export const signingKey = (): SigningKey => {
  const { auditLogName: name, auditSigningKey: seed } = readSettings(keySpecs, opsEnvironment());
  return new SigningKey(name, seed);
};

/** What an HTTP server of `seal` needs besides. */
export const listenSettings = (env = opsEnvironment()) =>
  readSettings({ httpHost: settings.httpHost, httpPort: settings.httpPort(7405), logLevel: settings.logLevel }, env);

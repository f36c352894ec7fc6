import { z } from 'zod';
import { readSettings, settings, SettingsError, type SettingSpec } from '#lib/runtime';

const auditTermsKey: SettingSpec<Buffer> = {
  env: 'AUDIT_TERMS_KEY',
  doc: 'Seals what readers typed in the audit log; 32 bytes in base64. Only information governance may open it.',
  schema: z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64'),
  development: Buffer.from('development audit terms key ....').toString('base64'),
  production: 'required',
  secret: true,
};

const auditSpoolDir: SettingSpec<string | undefined> = {
  env: 'AUDIT_SPOOL_DIR',
  doc: 'Folder on a disk of this replica alone that takes audit records while the audit database can’t; it must outlive the process.',
  schema: z.string().transform((folder) => folder || undefined),
  development: '',
  production: 'required',
};

const specs = {
  httpHost: settings.httpHost,
  httpPort: settings.httpPort(7400),
  logLevel: settings.logLevel,
  readModelUrl: settings.readModelUrl,
  auditUrl: settings.auditUrl,
  auditTermsKey,
  auditSpoolDir,
  sessionSecret: settings.sessionSecret,
  authorityFile: settings.authorityFile,
};

export type QuerySettings = ReturnType<typeof readQuerySettings>;

/** Throws naming every missing or wrong setting at once. */
export function readQuerySettings(env: Record<string, string | undefined>) {
  const production = env.NODE_ENV === 'production';
  const read = readSettings(specs, env);
  if (production && read.auditSpoolDir === undefined) throw new SettingsError([`${auditSpoolDir.env} is empty. ${auditSpoolDir.doc}`]);
  return { ...read, production };
}

import { z } from 'zod';
import { readSettings, settings, type SettingSpec } from '#lib/runtime';

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

const specs = {
  httpHost: settings.httpHost,
  httpPort: settings.httpPort(7400),
  logLevel: settings.logLevel,
  readModelUrl: settings.readModelUrl,
  auditUrl: settings.auditUrl,
  auditTermsKey,
  sessionSecret: settings.sessionSecret,
  authorityFile: settings.authorityFile,
};

export type QuerySettings = ReturnType<typeof readQuerySettings>;

/** Throws naming every missing or wrong setting at once. */
export function readQuerySettings(env: Record<string, string | undefined>) {
  return { ...readSettings(specs, env), production: env.NODE_ENV === 'production' };
}

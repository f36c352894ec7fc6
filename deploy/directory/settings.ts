import { z } from 'zod';
import { readSettings, settings, SettingsError } from '#lib/runtime';

/** What a machine may ask a token for. */
const Machines = z.record(z.string(), z.strictObject({ secret: z.string().min(16), scope: z.string().min(1) }));

/** @throws SettingsError, and always in production: this directory believes whoever chooses a name */
export function directorySettings(env: Record<string, string | undefined>) {
  if (env.NODE_ENV === 'production')
    throw new SettingsError([
      'This directory lets anybody in and is for trying the index out: it does not run in production. Use the authority’s own.',
    ]);
  return readSettings(
    {
      httpHost: settings.httpHost,
      httpPort: settings.httpPort(7406),
      logLevel: settings.logLevel,
      issuer: settings.oidcIssuer,
      audience: settings.oidcAudience,
      clientId: { env: 'OIDC_CLIENT_ID', doc: 'The index as the directory knows it.', schema: z.string().min(1) },
      clientSecret: { env: 'OIDC_CLIENT_SECRET', doc: 'Its secret.', schema: z.string().min(16) },
      machines: {
        env: 'DIRECTORY_MACHINES',
        doc: 'JSON object: machine client → its secret and scope.',
        schema: z
          .string()
          .transform((text) => JSON.parse(text) as unknown)
          .pipe(Machines),
      },
      key: {
        env: 'DIRECTORY_KEY',
        doc: 'RSA key to sign with (PKCS #8, PEM); a new one at every start where none is set.',
        schema: z.string(),
        development: '',
      },
      tokenSeconds: {
        env: 'DIRECTORY_TOKEN_SECONDS',
        doc: 'How long access tokens hold.',
        schema: z.coerce.number().int().min(1),
        development: '600',
      },
    },
    env,
  );
}
export type DirectorySettings = ReturnType<typeof directorySettings>;

import { isIP } from 'node:net';
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

const unavailableDir: SettingSpec<string | undefined> = {
  env: 'UNAVAILABLE_DIR',
  doc: 'Folder where the page with the desks’ telephone numbers is left at the start, for the front server to show while this process is away.',
  schema: z.string().transform((folder) => folder || undefined),
  development: '',
  production: 'required',
};

/** Where readers find the index: where the directory sends them back to. Left out, it is where this process listens. */
const publicUrl: SettingSpec<string> = {
  env: 'PUBLIC_URL',
  doc: 'Address at which readers’ browsers find the index, without a path.',
  schema: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'must be a URL' }).transform((url) => new URL(url).origin)]),
  development: '',
  production: 'required',
  overTls: true,
};

const oidcClientId: SettingSpec<string> = {
  env: 'OIDC_CLIENT_ID',
  doc: 'The index as the directory knows it.',
  schema: z.string().min(1),
  development: 'involvement-index',
  production: 'required',
};

const oidcClientSecret: SettingSpec<string> = {
  env: 'OIDC_CLIENT_SECRET',
  doc: 'Secret of the index at the directory.',
  schema: z.string().min(16, 'must be 16 characters or more'),
  development: 'development client secret',
  production: 'required',
  secret: true,
};

const ingestUrl: SettingSpec<string> = {
  env: 'INGEST_URL',
  doc: 'Where ingest answers: files that source teams send by page are passed on to it.',
  schema: z.url({ protocol: /^https?$/, error: 'must be a URL' }).transform((url) => url.replace(/\/+$/, '')),
  development: 'http://127.0.0.1:7401',
  production: 'required',
};

const ingestClientId: SettingSpec<string> = {
  env: 'INGEST_CLIENT_ID',
  doc: 'The machine client of the directory as which the pages come to ingest, with the scope act-for-readers.',
  schema: z.string().min(1),
  development: 'pages',
};

const ingestClientSecret: SettingSpec<string> = {
  env: 'INGEST_CLIENT_SECRET',
  doc: 'Its secret at the directory.',
  schema: z.string().min(16, 'must be 16 characters or more'),
  development: 'development client secret',
  production: 'required',
  secret: true,
};

const requestsPerMinute: SettingSpec<number> = {
  env: 'REQUESTS_PER_MINUTE',
  doc: 'Requests in one session, of one machine, or from one address where neither is known, that one process answers in a minute; after that they are told to wait.',
  schema: z.coerce.number().int().min(1),
  development: '600',
};

/** Whoever is trusted may say of anybody where they come from: single servers, or what they stand in, and never the whole network. */
const MOST_PROXIES_BITS = 16;
function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const all = { 4: 32, 6: 128 }[isIP(address)];
  if (all === undefined || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= all && Number(bits) >= all - MOST_PROXIES_BITS);
}

const trustedProxies: SettingSpec<string[]> = {
  env: 'TRUSTED_PROXIES',
  doc: 'Addresses of the front servers, or ranges of them such as 10.2.0.0/28, separated by commas: whom X-Forwarded-For is believed that says from where somebody asks. Empty: nobody.',
  schema: z
    .string()
    .transform((text) => text.split(',').flatMap((address) => address.trim() || []))
    .refine((addresses) => addresses.every(isProxy), 'must be IP addresses, or ranges no wider than /16 (IPv6: /112), separated by commas'),
  development: '',
};

const freshnessKeptMs: SettingSpec<number> = {
  env: 'FRESHNESS_KEPT_MS',
  doc: 'Milliseconds for which answers may say the freshness of sources as it was last read; 0: each answer reads it.',
  schema: z.coerce.number().int().min(0).max(1000),
  development: '250',
};

const waitingKeptMs: SettingSpec<number> = {
  env: 'WAITING_KEPT_MS',
  doc: 'Milliseconds for which the list of all pairs that wait for data stewards is kept before it is read anew; 0: each page reads it.',
  schema: z.coerce.number().int().min(0).max(300_000),
  development: '30000',
};

const specs = {
  httpHost: settings.httpHost,
  httpPort: settings.httpPort(7400),
  logLevel: settings.logLevel,
  readModelUrl: settings.readModelUrl,
  auditUrl: settings.auditUrl,
  auditReadUrl: settings.auditReadUrl,
  sessionsUrl: settings.sessionsUrl,
  matcherStewardsUrl: settings.matcherStewardsUrl,
  auditTermsKey,
  auditSpoolDir,
  unavailableDir,
  sessionSecret: settings.sessionSecret,
  publicUrl,
  oidcIssuer: settings.oidcIssuer,
  oidcAudience: settings.oidcAudience,
  oidcClientId,
  oidcClientSecret,
  authorityFile: settings.authorityFile,
  matchModelFile: settings.matchModelFile,
  ingestUrl,
  ingestClientId,
  ingestClientSecret,
  freshnessKeptMs,
  waitingKeptMs,
  requestsPerMinute,
  trustedProxies,
};

export type QuerySettings = ReturnType<typeof readQuerySettings>;

/** Throws naming every missing or wrong setting at once. */
export function readQuerySettings(env: Record<string, string | undefined>) {
  const production = env.NODE_ENV === 'production';
  const read = readSettings(specs, env);
  const empty = (
    [
      ['auditSpoolDir', auditSpoolDir],
      ['unavailableDir', unavailableDir],
    ] as const
  ).filter(([name]) => read[name] === undefined);
  if (production && empty.length > 0) throw new SettingsError(empty.map(([, { env, doc }]) => `${env} is empty. ${doc}`));
  return { ...read, production };
}

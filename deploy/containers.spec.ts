import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readIngestSettings } from '../apps/ingest/src/settings.js';
import { readMatcherSettings } from '../apps/matcher/src/settings.js';
import { sealSettings } from '../apps/ops/src/audit/audit-settings.js';
import { readProjectorSettings } from '../apps/projector/src/settings.js';
import { readQuerySettings } from '../apps/query/src/settings.js';

interface Service {
  image: string;
  command?: string;
  environment?: Record<string, string>;
  depends_on?: Record<string, unknown>;
  volumes?: string[];
  networks?: Record<string, { ipv4_address: string }>;
}
const compose = parse(readFileSync('deploy/compose.yaml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: object;
};
const dockerfile = readFileSync('deploy/Dockerfile', 'utf8');

/** What an operator puts into .env, as the runbook says. */
const dotEnv: Record<string, string> = {
  POSTGRES_PASSWORD: 'secret',
  KEY_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
  KEY_LOOKUP_SECRET: Buffer.alloc(32, 2).toString('base64'),
  AUDIT_WRITER_PASSWORD: 'a secret of the writer',
  AUDIT_READER_PASSWORD: 'a secret of the reader',
  MATCHER_STEWARDS_PASSWORD: 'a secret of the stewards',
  AUDIT_TERMS_KEY: Buffer.alloc(32, 3).toString('base64'),
  AUDIT_SIGNING_KEY: Buffer.alloc(32, 4).toString('base64'),
  AUDIT_LOG_NAME: 'northbridge.example/involvement-index/audit',
  SESSION_SECRET: 'a session secret that is long enough',
  PUBLIC_URL: 'https://index.example',
  OIDC_ISSUER: 'https://directory.example',
  OIDC_AUDIENCE: 'api://involvement-index',
  OIDC_CLIENT_ID: 'involvement-index',
  OIDC_CLIENT_SECRET: 'a client secret that is long enough',
  INGEST_CLIENT_SECRET: 'another secret that is long enough',
};

function environmentOf(service: string): Record<string, string> {
  const fromImage =
    /^ENV (.*)$/m
      .exec(dockerfile)?.[1]
      ?.split(' ')
      .map((pair) => pair.split('=')) ?? [];
  const fromCompose = Object.entries(compose.services[service]?.environment ?? {}).map(([name, value]) => [
    name,
    value.replace(/\$\{(\w+):\?\}/g, (_, variable: string) => dotEnv[variable] ?? `no ${variable}`),
  ]);
  return Object.fromEntries([...fromImage, ...fromCompose]) as Record<string, string>;
}

describe('The system in containers', () => {
  it.each([
    ['ingest', readIngestSettings],
    ['matcher', readMatcherSettings],
    ['projector', readProjectorSettings],
    ['upkeep', readProjectorSettings],
    ['query', readQuerySettings],
    ['seal', sealSettings],
  ])('gives %s every setting it needs in production', (app, readSettings) => {
    expect(environmentOf(app)).toMatchObject({ NODE_ENV: 'production' });
    expect(() => readSettings(environmentOf(app))).not.toThrow();
  });

  it('starts every app only when databases, topics and schemas are prepared', () => {
    const apps = { ingest: 'ingest', matcher: 'matcher', projector: 'projector', upkeep: 'projector', query: 'query' };
    for (const [app, program] of Object.entries(apps)) {
      expect(compose.services[app]?.command).toBe(`apps/${program}`);
      expect(compose.services[app]?.depends_on).toEqual({ prepare: { condition: 'service_completed_successfully' } });
    }
  });

  it('runs the projector twice, once for upkeep, and with the file of the authority that both tasks and the pages read', () => {
    expect(readProjectorSettings(environmentOf('projector')).task).toBe('fold');
    const { task, authorityFile } = readProjectorSettings(environmentOf('upkeep'));
    expect([task, existsSync(authorityFile)]).toEqual(['upkeep', true]);
    expect(dockerfile).toContain('COPY deploy/authority');
  });

  it('seals the audit with a key that no other process has, and keeps spool and checkpoints on volumes of their own', () => {
    expect(compose.services.seal?.command).toBe('apps/ops seal');
    const keyed = Object.keys(compose.services).filter((service) => 'AUDIT_SIGNING_KEY' in (compose.services[service]?.environment ?? {}));
    expect(keyed).toEqual(['seal']);
    for (const [service, settings] of [
      ['query', ['AUDIT_SPOOL_DIR', 'UNAVAILABLE_DIR']],
      ['seal', ['AUDIT_CHECKPOINT_DIR']],
    ] as const) {
      const folders = settings.map((setting) => environmentOf(service)[setting]!);
      expect(compose.services[service]?.volumes?.map((volume) => volume.split(':')[1])).toEqual(folders);
      for (const folder of folders) expect(dockerfile).toContain(folder);
    }
  });

  it('has a front server that shows what query left for when it is away', () => {
    const caddyfile = readFileSync('deploy/Caddyfile', 'utf8');
    const folder = environmentOf('query').UNAVAILABLE_DIR!;
    expect(caddyfile).toContain(`root ${folder}`);
    expect(compose.services.front?.volumes).toEqual(['./Caddyfile:/etc/caddy/Caddyfile:ro', `unavailable:${folder}:ro`]);
    expect(readQuerySettings(environmentOf('query')).trustedProxies).toEqual([compose.services.front?.networks?.default?.ipv4_address]);
  });

  it('copies only what is there into the image', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('does not run as root', () => {
    expect(
      dockerfile
        .trimEnd()
        .split('\n')
        .filter((line) => line.startsWith('USER'))
        .at(-1),
    ).toBe('USER node');
  });
});

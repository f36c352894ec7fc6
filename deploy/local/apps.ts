import { join } from 'node:path';
import { type Child, type Family, startChild } from './child.js';
import { NODE } from '../install.js';
import { directoryUrl } from './environment.js';
import type { Ports } from './ports.js';
import { answersAt, waitUntil } from './wait-until.js';

export const APPS = ['directory', 'ingest', 'matcher', 'projector', 'upkeep', 'query', 'seal'] as const;
export type App = (typeof APPS)[number];

/** Left alone, Node lets heaps grow by what the machine has; all processes of the stack together are to stay under 2.5 GB. */
export const MEMORY = ['--max-old-space-size=256', '--max-semi-space-size=8'];

interface Program {
  folder: string;
  args?: string[];
  env?: Record<string, string>;
}

/** What runs under each name where it is no app's own. Upkeep is the projector's code with another task, sealing a verb of operations; the directory stands in for the authority's. */
const PROGRAM: Partial<Record<App, Program>> = {
  upkeep: { folder: 'apps/projector/src', env: { PROJECTOR_TASK: 'upkeep' } },
  directory: { folder: 'deploy/directory' },
  seal: { folder: 'apps/ops/src', args: ['seal'] },
};

/** Starts one app and waits until it says that it is ready. */
export async function startApp<A extends App>(
  app: A,
  env: Record<string, string>,
  ports: Record<A, number>,
  family: Family,
): Promise<Child> {
  const program: Program = PROGRAM[app] ?? { folder: `apps/${app}/src` };
  const child = startChild(
    {
      name: app,
      command: NODE,
      args: [...MEMORY, '--enable-source-maps', join('dist', program.folder, 'main.js'), ...(program.args ?? [])],
      env: { ...systemEnvironment(), ...env, ...program.env, HTTP_PORT: String(ports[app]) },
      stopsWithParent: true,
    },
    family,
  );
  await waitUntil(child, () => answersAt(`http://127.0.0.1:${ports[app]}/health/ready`), 60);
  return child;
}

/** Starts the made-up authority; its progress and its children worth looking up go to the terminal. */
export function startDemo(ports: Ports, clientsDir: string, family: Family): Child {
  return startChild(
    {
      name: 'demo',
      command: NODE,
      args: [...MEMORY, '--enable-source-maps', join('dist', 'apps', 'demo', 'src', 'main.js')],
      env: {
        ...systemEnvironment(),
        ...demoSettings(),
        INGEST_URL: `http://127.0.0.1:${ports.ingest}`,
        OIDC_ISSUER: directoryUrl(ports.directory),
        CLIENTS_DIR: clientsDir,
      },
      stopsWithParent: true,
      onTerminal: true,
    },
    family,
  );
}

/**
 * Writes weeks of made-up use with known misuses in it, once and for all, as soon as the demo's people are there: nobody waits for it. What it
 * found, and how often the rules were wrong, goes to the terminal.
 */
export function startRehearsal(env: Record<string, string>, family: Family): Child {
  return startChild(
    {
      name: 'rehearsal',
      command: NODE,
      args: [...MEMORY, '--enable-source-maps', join('dist', 'apps', 'ops', 'src', 'main.js'), ...REHEARSAL],
      env: { ...systemEnvironment(), ...env },
      onTerminal: true,
    },
    family,
  );
}
const REHEARSAL = ['audit', 'rehearse', '--once', '--reason', 'a first start: made-up use, for the rules of unusual use to find'];

/** `DEMO_SEED=… npm start` and the like. */
function demoSettings(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('DEMO_')));
}

/** What a process needs of the terminal's environment; settings left over there must not reach the apps. */
export function systemEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TERM', 'COLUMNS', 'TZ', 'TMPDIR', 'NO_COLOR', 'FORCE_COLOR', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** Every connector file is put before the connector's own definitions, by a Kafka Connect that runs none of them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stack } from '../../test/support/stack.js';
import { type Child, newFamily } from '../local/child.js';
import { freePorts } from '../local/ports.js';
import { startWatchdog } from '../local/watchdog.js';
import { fetchMissing, startConnect } from './start-connect.js';

interface Checked {
  configs: { definition: { name: string }; value: { name: string; errors: string[] } | null }[];
}

const NOT_RUN = { pom: join('deploy', 'connect', 'not-run', 'pom.xml'), called: 'the connectors that are only checked' };
const FILES = ['mosaic.json', 'synergy.json', 'not-run/liquidlogic.sqlserver.json', 'not-run/mosaic.oracle.json'];
/** What a connector says that can't reach its database: no database of that kind is here. */
const NOT_THERE = ['database.hostname', 'database.user', 'database.names', 'database.dbname'];

let folder: string;
const workers: Record<string, { child: Child; port: number }> = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'connector-files-'));
  const { kafkaBrokers } = await stack();
  const family = newFamily(folder);
  startWatchdog(family.running);
  const others = join(await fetchMissing(NOT_RUN, console.log), 'not-run');
  for (const [name, plugins] of [
    ['run', undefined],
    ['not-run', others],
  ] as const) {
    const [port] = await freePorts(1);
    const worker = {
      folder: join(folder, name),
      kafkaBrokers,
      port: port!,
      worker: {},
      connectors: [],
      plugins,
      memory: ['-Xmx256m'],
      family,
    };
    workers[name] = { port: port!, child: await startConnect(worker, console.log) };
  }
});
afterAll(async () => {
  for (const { child } of Object.values(workers)) await child.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What differs between deployments is filled in. */
function settingsIn(file: string): Record<string, string> {
  const text = readFileSync(join('deploy', 'connect', file), 'utf8').replaceAll(/\$\{env:\w+\}/g, 'filled_in');
  return (JSON.parse(text) as { config: Record<string, string> }).config;
}

/** Asked once a file: a connector tries for long to reach its database. */
const checked = new Map<string, Promise<Checked>>();
function check(file: string): Promise<Checked> {
  const known = checked.get(file) ?? ask(file);
  checked.set(file, known);
  return known;
}

async function ask(file: string): Promise<Checked> {
  const config = settingsIn(file);
  const { port } = workers[file.startsWith('not-run') ? 'not-run' : 'run']!;
  const answer = await fetch(`http://127.0.0.1:${port}/connector-plugins/${config['connector.class']!.split('.').at(-1)}/config/validate`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...config, name: file, 'database.hostname': '127.0.0.1', 'database.port': '9' }),
  });
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Checked;
}

describe.each(FILES)('The connector file %s', (file) => {
  it('is found good by the connector’s own definitions, as far as they can tell without a database', async () => {
    const { configs } = await check(file);
    const wrong = configs.flatMap(({ value }) => (value && value.errors.length > 0 && !NOT_THERE.includes(value.name) ? value : []));
    expect(wrong).toEqual([]);
  });

  it('sets nothing that the connector does not know', async () => {
    const config = settingsIn(file);
    const known = new Set((await check(file)).configs.map(({ definition }) => definition.name));
    const unknown = Object.keys(config).filter((name) => !known.has(name) && !name.startsWith('schema.history.internal.'));
    expect(unknown).toEqual([]);
  });
});

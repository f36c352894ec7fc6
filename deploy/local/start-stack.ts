import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NODE } from '../install.js';
import { checkMaven, findJava } from '../prerequisites.js';
import { SaidPlainly } from '../said-plainly.js';
import { sayStep, step } from '../step.js';
import { addressTable } from './address-table.js';
import { ownAuthorityFile } from './authority-file.js';
import { type App, APPS, startApp, startDemo, startRehearsal, systemEnvironment } from './apps.js';
import type { Child, Family } from './child.js';
import { dropData, markCompleted, readyDataFolder } from './data-folder.js';
import { appEnvironment, kafkaPasswords, ownEnvironment, unavailableFolder } from './environment.js';
import { startFront } from './front.js';
import { stopLeftOver } from './left-over.js';
import { everyTenSeconds, fetchParts, partsAreThere, partsFolder } from './parts.js';
import { type Ports, refuseBusyPorts } from './ports.js';
import { reachableDataDir } from './postgres-programs.js';
import { keptSecrets, writePrivate } from './secrets.js';
import { captureChanges, startCapturing } from './capture-changes.js';
import { startServers } from './servers.js';
import { startWatchdog } from './watchdog.js';

export interface StackOptions {
  folder: string;
  /** The data folder as the person wrote it. */
  shown: string;
  ports: Ports;
  family: Family;
  fresh: boolean;
  demo: boolean;
  /** Whether changes in sources' own databases are captured. */
  cdc: boolean;
}

export interface StartedStack {
  /** Starts a server or an app again, by its name. */
  restart: Record<string, () => Promise<Child>>;
}

/** Every step of `npm start` behind install and build, each with a line and its time. */
export async function startStack(o: StackOptions): Promise<StartedStack> {
  const from = performance.now();
  const { folder, ports, family } = o;
  const java = findJava();
  const { dataDir: postgresDataDir, moved } = reachableDataDir(join(folder, 'postgres'));
  await takeOver(o, postgresDataDir);
  if (moved) console.log(`  PostgreSQL can't run as root and its user can't reach ${folder}: its data is kept in ${postgresDataDir}`);
  await refuseBusyPorts(ports);
  if (!partsAreThere()) {
    checkMaven(java);
    await step('Maven downloads', async () => {
      await fetchParts(java, showProgress);
      if (process.stdout.isTTY) process.stdout.write(CLEAR_LINE);
    });
  }
  startWatchdog(family.running);
  const { postgresPassword } = keptSecrets(folder);
  const servers = await startServers({
    folder,
    postgresDataDir,
    // A connector that is away for long loses its place, and reads everything once more: better than a disk that is full.
    postgresFlags: ['shared_buffers=32MB', 'max_slot_wal_keep_size=512MB'],
    ports,
    postgresPassword,
    kafkaPasswords: kafkaPasswords(folder),
    java,
    parts: partsFolder(),
    family,
    onStarted: sayStep,
  });
  markCompleted(folder);
  const authority = ownAuthorityFile(folder);
  if (authority.replaced)
    console.log('  deploy/authority/northbridge.json has changed: it takes the place of the settings that were applied here');
  const env = { ...appEnvironment(folder, ports), AUTHORITY_FILE: authority.file, CAPTURE: o.cdc ? 'on' : 'off' };
  writePrivate(join(folder, 'environment.json'), `${JSON.stringify(env, null, 2)}\n`);
  await startFront({ port: ports.front, target: ports.query, folder: unavailableFolder(folder) });
  await step('databases and topics', () => prepare(env));
  const start = (app: App) => startApp(app, { ...env, ...ownEnvironment(app, folder, env) }, ports, family);
  await Promise.all(APPS.map((app) => step(app, () => start(app))));
  sayStep('everything is up', (performance.now() - from) / 1000);
  console.log(addressTable(ports, o.shown, { demo: o.demo }));
  if (o.demo) {
    startDemo(ports, join(folder, 'clients'), family);
    startRehearsal(env, family);
  }
  if (o.cdc) await captureChanges(o, servers);
  return {
    restart: {
      ...servers.restart,
      ...(o.cdc && { connect: () => startCapturing(o, servers) }),
      ...Object.fromEntries(APPS.map((app) => [app, () => start(app)])),
    },
  };
}

/** Clears what an earlier run left: processes, an unfinished folder, or with `--fresh` everything. */
async function takeOver(o: StackOptions, postgresDataDir: string): Promise<void> {
  const from = performance.now();
  const left = await stopLeftOver(o.family.running);
  if (left.length > 0) sayStep('left-over processes', (performance.now() - from) / 1000, `stopped ${left.join(', ')} of an earlier run`);
  if (o.fresh)
    await step(
      'fresh',
      () => dropData(o.folder, postgresDataDir),
      () => 'all data of earlier starts dropped',
    );
  readyDataFolder(o.folder, postgresDataDir);
}

/** `ops prepare` in a process of its own, which gives its memory back. */
async function prepare(env: Record<string, string>): Promise<void> {
  const ops = spawn(NODE, ['--enable-source-maps', join('dist', 'apps', 'ops', 'src', 'main.js'), 'prepare'], {
    env: { ...systemEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [ops.stdout, ops.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const code = await new Promise<number | null>((done) => ops.once('close', done));
  if (code !== 0) throw new SaidPlainly(`Databases, topics or schemas could not be prepared:\n${said.trim()}`);
}

const CLEAR_LINE = '\r\u001B[K';
let files = 0;
const sayNowAndThen = everyTenSeconds(console.log);

/** On a terminal one line that moves, elsewhere a line every now and then. */
function showProgress(file: string): void {
  if (!process.stdout.isTTY) return sayNowAndThen();
  files += 1;
  process.stdout.write(`${CLEAR_LINE}  ${files} files, ${file}`);
}

import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from '../../../deploy/local/child.js';
import { newFamily } from '../../../deploy/local/child.js';
import { freePorts } from '../../../deploy/local/ports.js';
import { createDatabases, databaseUrl, startPostgres } from '../../../deploy/local/postgres.js';
import { reachableDataDir } from '../../../deploy/local/postgres-programs.js';
import { eventually } from '../../../test/support/eventually.js';
import { AuditLog } from './audit-log.js';
import { migrateAudit } from './migrate-audit.js';
import { readAudit } from './read-audit.js';

let folder: string;
let dataDir: string;
let server: Child;
let start: () => Promise<Child>;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  ({ dataDir } = reachableDataDir(join(folder, 'postgres')));
  const [port] = (await freePorts(1)) as [number];
  const at = { port, password: 'postgres' };
  // What is acknowledged must be on the disk: no fsync=off here.
  start = () => startPostgres({ ...at, dataDir, family: newFamily(folder), flags: ['max_connections=40'] });
  server = await start();
  await createDatabases(databaseUrl(at, 'postgres'), ['audit']);
  url = databaseUrl(at, 'audit');
  await migrateAudit(url);
}, 60_000);
afterAll(async () => {
  await server.stop();
  for (const data of [folder, dataDir]) await rm(data, { recursive: true, force: true });
});

it('An audit database that is killed under load and comes back holds every acknowledged entry once, wherever it was acknowledged', async () => {
  const log = await AuditLog.open({ url, termsKey: randomBytes(32), spoolFolder: join(folder, 'spool'), deadline: 1_000, drainEvery: 100 });
  const acknowledged: string[] = [];
  const readers = { reading: true };
  const reader = async () => {
    while (readers.reading) {
      const requestId = randomUUID();
      await log.record([{ at: Date.now(), action: 'viewed-person', outcome: 'done', requestId }]);
      acknowledged.push(requestId);
    }
  };
  const all = Array.from({ length: 8 }, reader);
  const many = (sink: 'database' | 'spool') => eventually(`records in the ${sink}`, async () => log.state.recorded[sink] > 200);
  await many('database');
  server.kill();
  await server.ended;
  await many('spool');
  server = await start();
  await eventually('the database takes records again', async () => !log.state.databaseAway && log.state.spool!.records === 0, {
    within: 20_000,
  });
  readers.reading = false;
  await Promise.all(all);
  await eventually('the spool is empty', async () => log.state.spool!.records === 0);
  const stored = (await readAudit(url, { last: 1_000_000 })).map(({ requestId }) => requestId);
  expect(stored.length).toBe(new Set(stored).size);
  expect(acknowledged.length).toBeGreaterThan(400);
  expect(stored.sort()).toEqual(acknowledged.sort());
  expect(log.state.spool!.setAside).toEqual({ torn: 0, damaged: 0, refused: 0 });
  await log.close();
}, 60_000);

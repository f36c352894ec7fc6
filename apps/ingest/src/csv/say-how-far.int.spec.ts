import { Client } from 'pg';
import { appEnv } from '../../../../test/support/app-env.js';
import { FileDoor } from '../../../../test/support/post-file.js';
import type { Running } from '#lib/runtime';
import { KeyStore } from '#lib/sealing';
import { startIngest } from '../start.js';

let env: Record<string, string>;
let ingest: Running;
beforeAll(async () => {
  env = await appEnv();
  ingest = await startIngest(env);
});
afterAll(() => ingest?.stop());

const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';
const row = (n: number) => `EH-${n},1,Ash Baker,,,,,,,,,,,,,,01/02/2025,,`;
const publish = (hour: number, ...more: string[]) =>
  new FileDoor(ingest.url, 'cluster-lists').publish('episodes', `2026-11-20T${hour}:00:00Z`, [
    HEADER,
    ...Array.from({ length: 30 }, (_, n) => row(n)),
    ...more,
  ]);

it('A file leaves out who was erased on purpose, and that holds back nothing', async () => {
  const store = await KeyStore.open({
    url: env.KEY_STORE_URL!,
    keyEncryptionKey: Buffer.from(env.KEY_ENCRYPTION_KEY!, 'base64'),
    lookupSecret: Buffer.from(env.KEY_LOOKUP_SECRET!, 'base64'),
  });
  const [key] = await store.subjectsFor([{ source: 'cluster-lists', recordId: 'EH-900' }]);
  await store.erase(key!.subject);
  await store.close();
  const { receipt } = await publish(16, row(900));
  expect(receipt).toMatchObject({ counts: { facts: 62, new: 60, refused: 0, erased: 2 }, completeTo: '2026-11-20T16:00:00.000Z' });
});

it('A file is published, and says why not all was looked at, while the landing topic of its source stands still', async () => {
  const database = new Client({ connectionString: env.INGEST_DATABASE_URL });
  await database.connect();
  await database.query(`INSERT INTO ingest.halted (source, door, code) VALUES ('cluster-lists', 'kafka', 'log-truncated')`);
  const held = await publish(17, row(31));
  expect(held.receipt).toMatchObject({ published: 2, completeTo: null, notComplete: 'another-door-stands-still' });
  await database.query('DELETE FROM ingest.halted');
  await database.end();
  expect((await publish(18, row(31))).receipt).toMatchObject({ completeTo: '2026-11-20T18:00:00.000Z' });
});

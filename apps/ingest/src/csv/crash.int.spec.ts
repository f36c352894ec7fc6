import { Client } from 'pg';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import { answerOf, FileDoor } from '../../../../test/support/post-file.js';
import { SpawnedApp } from '../../../../test/support/spawned-app.js';

const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';
const ROWS = 3_000;
const list = (from: number) => [HEADER, ...Array.from({ length: ROWS }, (_, n) => `EH-${from + n},1,Ash Baker,,,,,,,,,,,,,,01/02/2025,,`)];

describe('A crash while a file is being published', () => {
  const apps: SpawnedApp[] = [];
  let database: Client | undefined;
  afterAll(async () => {
    for (const app of apps) await app.stop();
    await database?.end();
  });

  it('loses nothing and doubles nothing: confirmed again, it goes on where it was', async () => {
    const env = await appEnv();
    const start = async () => {
      const app = await SpawnedApp.start('ingest', env);
      apps.push(app);
      return new FileDoor(app.url, 'cluster-lists');
    };
    const door = await start();
    await door.publish('episodes', '2026-11-20T01:00:00Z', list(0));
    database = new Client({ connectionString: env.INGEST_DATABASE_URL });
    await database.connect();
    const told = async () =>
      Number((await database!.query(`SELECT count(*) FROM ingest.remembered WHERE position = 1795143600000000`)).rows[0].count);
    // 2,700 go on, 300 are new, 300 are gone
    const file = await door.send('episodes', '2026-11-20T03:00:00Z', list(300));
    expect(file.preview).toMatchObject({ needsSecond: [], counts: { new: 600, disappeared: 300 } });
    const broken = door.confirm(file.id, { rows: ROWS }).catch(() => undefined);
    await eventually('something of it was published', async () => (await told()) > 0);
    await apps[0]!.kill();
    await broken;
    const before = await told();
    expect(before).toBeLessThan(900);
    const again = await start();
    const done = await answerOf(await again.confirm(file.id, { rows: ROWS }), 200);
    expect(done).toMatchObject({ state: 'published', receipt: { completeTo: '2026-11-20T03:00:00.000Z' } });
    const events = (await loggedEvents(env)).filter(
      ({ event }) => event.sourceVersion.position === Date.parse('2026-11-20T03:00:00Z') * 1000,
    );
    const ids = (type: string) => new Set(events.filter(({ event }) => event.type === type).map(({ envelope }) => envelope.id)).size;
    expect([ids('PersonRecorded'), ids('InvolvementOpened'), ids('InvolvementClosed')]).toEqual([300, 300, 300]);
    expect(await told()).toBe(900);
  });
});

import { Client } from 'pg';
import { appEnv } from '../../../../test/support/app-env.js';
import { answerOf, FileDoor } from '../../../../test/support/post-file.js';
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

it('A file with a row that can’t be read does not say that all was looked at, nor do changes that come after it', async () => {
  const cut = await publish(19, 'EH-32,1');
  expect(cut.receipt).toMatchObject({ counts: { unreadable: 1, refused: 0 }, completeTo: null, notComplete: 'rows-refused' });
  const door = new FileDoor(ingest.url, 'cluster-lists');
  const changes = await door.publish('episodes', '2026-11-20T20:00:00Z', [HEADER, row(33)], 'changes');
  expect(changes.receipt).toMatchObject({ completeTo: null, notComplete: 'changes-without-a-complete-file' });
  expect((await publish(21)).receipt).toMatchObject({ completeTo: '2026-11-20T21:00:00.000Z' });
});

describe('A source of several tables', () => {
  const [CLIENTS, INVOLVEMENTS] = [
    'CIS No,Surname,Forenames,Previous surname,DOB,Sex,Address,Postcode,Address withheld,NHS No,Telephone,Date of death,Restricted access',
    'CIS No,Involvement No,Start date,Organisation,Team,Team telephone,Key worker,Role,Telephone,Email,Last service start,Last contact,End date,Outcome',
  ];
  const client = [CLIENTS, '00000001,Baker,June,,15/06/1943,F,,,,,,,'];
  const involvement = [INVOLVEMENTS, '00000001,I-1,01/02/2025,,,,,,,,,,,'];
  async function published(table: string, hour: number, lines: string[], source = 'cis') {
    const door = new FileDoor(ingest.url, source);
    const { id } = await door.send(table, `2026-11-20T0${hour}:00:00Z`, lines);
    await answerOf(await door.confirm(id, { rows: 1 }), 200);
    return (await answerOf(await door.approve(id), 200)).receipt;
  }

  it('is known nowhere before all of them have come, and then as far as the one that is oldest', async () => {
    expect(await published('clients', 5, client)).toMatchObject({ completeTo: null, notComplete: 'other-tables-missing' });
    expect(await published('involvements', 3, involvement)).toMatchObject({ completeTo: '2026-11-20T03:00:00.000Z', notComplete: null });
    expect(await published('involvements', 7, involvement)).toMatchObject({ completeTo: '2026-11-20T05:00:00.000Z', notComplete: null });
  });

  it('says how far it is known whom it holds and with what without one that only links them: no service is said of anybody by a link', async () => {
    const people =
      'Person ID,Surname,Forename,Also Known As,Alias Forename,Date of Birth,Gender,Address 1,Address 2,Address 3,Postcode,Address Restricted,NHS Number,UPN,Telephone,Date of Death,Record Restricted';
    const episodes =
      'Person ID,Involvement ID,Start Date,Team,Team Phone,Worker,Worker Role,Worker Phone,Worker Email,End Date,Status,End Reason';
    const [person, episode] = ['LL-1,Baker,June,,,15/06/1943,,,,,,,,,,,', 'LL-1,I-1,01/02/2025,,,,,,,,Open,'];
    const told = (table: string, hour: number, lines: string[]) => published(table, hour, lines, 'liquidlogic');
    expect(await told('people', 5, [people, person])).toMatchObject({ notComplete: 'other-tables-missing' });
    expect(await told('episodes', 6, [episodes, episode])).toMatchObject({ notComplete: 'other-tables-missing' });
    expect(await told('early-help', 7, [`${episodes},Lead Professional`, `${episode},`])).toMatchObject({
      completeTo: '2026-11-20T05:00:00.000Z',
      notComplete: null,
    });
  });
});

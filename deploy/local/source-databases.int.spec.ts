import { Client } from 'pg';
import { freshPrefix } from '../../test/support/fresh.js';
import { stack } from '../../test/support/stack.js';
import { makeSourceDatabase, SOURCE_DATABASES, type SourceDatabase, usersOf } from './source-databases.js';

const passwords = Object.fromEntries(SOURCE_DATABASES.flatMap(usersOf).map((user) => [user, `password of ${user}`]));
const open: Client[] = [];
async function database(source: SourceDatabase): Promise<Client> {
  const { postgresUrl } = await stack();
  const client = new Client({
    connectionString: await makeSourceDatabase(postgresUrl('postgres'), source, passwords, `${freshPrefix()}${source}`),
  });
  await client.connect();
  open.push(client);
  return client;
}
afterAll(() => Promise.all(open.map((client) => client.end())));

const DAYS = { tomorrow: 1, 'the day after': 2 };
const day = (name: keyof typeof DAYS) => `(now() AT TIME ZONE 'UTC')::date + ${DAYS[name]}`;
/** How often the rows of a table were written, as whoever reads its changes sees it. */
const versions = async (client: Client, rows: string) => (await client.query(`SELECT xmin::text FROM ${rows}`)).rows as { xmin: string }[];

describe('What a source tells of an end that lies ahead', () => {
  it('comes once more with the first beat of its day, of a feed kept by triggers', async () => {
    const mosaic = await database('mosaic');
    await mosaic.query(`UPDATE mosaic.allocations SET end_date = ${day('tomorrow')} WHERE allocation_id = 910001`);
    await mosaic.query(`UPDATE mosaic.allocations SET end_date = ${day('the day after')} WHERE allocation_id = 910002`);
    const [ends, later] = ['910001', '910002'].map((id) => `index_feed.allocations WHERE "ALLOCATION_ID" = ${id}`) as [string, string];
    const before = [await versions(mosaic, ends), await versions(mosaic, later)];
    await mosaic.query(`UPDATE index_feed.heartbeat SET beat = now() + interval '1 second'`);
    expect([await versions(mosaic, ends), await versions(mosaic, later)]).toEqual(before);
    await mosaic.query(`UPDATE index_feed.heartbeat SET beat = now() + interval '1 day'`);
    expect(await versions(mosaic, ends)).not.toEqual(before[0]);
    expect(await versions(mosaic, later)).toEqual(before[1]);
  });

  it('comes once more with the first beat of its day, of an outbox', async () => {
    const synergy = await database('synergy');
    await synergy.query(`CALL synergy.leave_school('S900001', '4101', ${day('tomorrow')}, 'Moved')`);
    const rows = `synergy.outbox WHERE fact_id LIKE 'S900001/4101/%'`;
    const before = await versions(synergy, rows);
    await synergy.query(`UPDATE synergy.heartbeat SET beat = now() + interval '1 day'`);
    expect(await versions(synergy, rows)).not.toEqual(before);
  });
});

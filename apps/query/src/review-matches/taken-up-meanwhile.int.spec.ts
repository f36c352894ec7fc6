import { Client } from 'pg';
import { eventually } from '../../../../test/support/eventually.js';
import { textOf } from '../../../../test/support/pages.js';
import { SAME, StewardsDesk } from '../../../../test/support/stewards-desk.js';

let desk: StewardsDesk;
let matcher: Client;
beforeAll(async () => {
  desk = await StewardsDesk.open();
  matcher = new Client({ connectionString: desk.matcher.url });
  await matcher.connect();
});
afterAll(async () => {
  await matcher?.end();
  await desk?.close();
});

/** As the matcher does it: the number of the decision, and whose the two are, in one transaction. */
const takeUp = async ({ one, other }: { one: string; other: string }) => {
  await matcher.query('UPDATE matcher.ruling_request SET decision = 7 WHERE one = $1', [one]);
  await matcher.query('UPDATE matcher.record SET person = $1 WHERE subject IN ($1, $2)', [one, other]);
};
const AGAINST = 'stands against it';

it('A ruling that is taken up while its page is asked for is never said to have something stand against it', async () => {
  const pair = await desk.waits();
  await desk.decide(pair.path, SAME);
  await matcher.query('BEGIN');
  // what became of a ruling is looked up there, and how the two stand is not
  await matcher.query('LOCK TABLE matcher.outbox');
  const asked = desk.read(pair.path);
  await eventually('the page waits for the matcher', async () => {
    const { rows } = await matcher.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = 'matcher.outbox'::regclass`);
    return rows.length > 0;
  });
  await takeUp(pair);
  await matcher.query('COMMIT');
  const page = textOf((await asked).text);
  expect(page).toContain('The matcher has taken it up.');
  expect(page).not.toContain(AGAINST);
});

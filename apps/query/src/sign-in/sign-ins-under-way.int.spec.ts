import { migrateSessions } from '#lib/identity';
import { Pool } from 'pg';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { SignInsUnderWay } from './sign-ins-under-way.js';

const MINUTES = 60_000;
const begun = Date.now();

let pool: Pool;
let underWay: SignInsUnderWay;
beforeAll(async () => {
  const url = await freshDatabase('sessions');
  await migrateSessions(url);
  pool = new Pool({ connectionString: url });
  underWay = new SignInsUnderWay(pool);
});
afterAll(() => pool?.end());

const signIn = (state: string) => ({ state, nonce: 'n', verifier: 'v', goingTo: '/search' });

describe('A sign-in under way', () => {
  it('can be come back from for ten minutes, and no longer', async () => {
    const browser = await underWay.keep(signIn('in-time'), null, begun);
    await underWay.keep(signIn('late'), browser, begun);
    expect(await underWay.take('in-time', browser, begun + 10 * MINUTES - 1)).toEqual(signIn('in-time'));
    expect(await underWay.take('late', browser, begun + 10 * MINUTES)).toBeNull();
  });

  it('is told to the browser that began it, whatever else it began, once and by its own state', async () => {
    const browser = await underWay.keep(signIn('first'), null, begun);
    expect(await underWay.keep({ ...signIn('second'), goingTo: '/alerts' }, browser, begun)).toBe(browser);
    const another = await underWay.keep(signIn('another'), null, begun);
    expect(another).not.toBe(browser);
    expect(await underWay.take('first', another, begun)).toBeNull();
    expect(await underWay.take('never', browser, begun)).toBeNull();
    expect((await underWay.take('second', browser, begun))?.goingTo).toBe('/alerts');
    expect((await underWay.take('first', browser, begun))?.goingTo).toBe('/search');
    expect(await underWay.take('first', browser, begun)).toBeNull();
  });
});

import { readAudit } from '#lib/audit';
import { ops } from '../../../test/support/ops.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { Visitor } from '../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const enter = (reader: string) => Visitor.signedIn(app.url, reader);
const run = (...args: string[]) => ops(app.env, 'sessions', ...args);

describe('ops sessions', () => {
  it('counts who is signed in, and ends one reader’s sessions with the next request, once it is on record why', async () => {
    const [amara, tablet, priya] = [await enter('amara.okafor'), await enter('amara.okafor'), await enter('priya.nair')];
    const listed = await run('--json');
    expect(
      (JSON.parse(listed.text) as { reader: string; sessions: number }[]).map(({ reader, sessions }) => [reader, sessions]).flat(),
    ).toEqual(expect.arrayContaining(['amara.okafor', 2, 'priya.nair', 1]));
    expect((await run('--revoke', 'Amara.Okafor')).failure).toContain('Say why: --reason');
    expect((await run('--revoke', 'amara.okafor', '--dry-run')).text).toContain('Would end amara.okafor: 2 sessions');
    expect((await amara.open('/search')).status).toBe(200);
    const { code, text } = await run('--revoke', 'amara.okafor', '--reason', 'has left');
    expect([code, text]).toEqual([0, expect.stringContaining('Ended amara.okafor: 2 sessions')]);
    expect(await readAudit(app.env.AUDIT_URL!, { last: 1 })).toMatchObject([
      { action: 'operated', reason: 'has left', shown: { verb: 'sessions/revoke', who: 'amara.okafor', sessions: 2 } },
    ]);
    expect([(await amara.open('/search')).status, (await tablet.open('/search')).status]).toEqual([303, 303]);
    expect((await priya.open('/search')).status).toBe(200);
    expect((await run('--revoke-all', '--reason', 'incident')).code).toBe(0);
    expect((await priya.open('/search')).status).toBe(303);
  });

  it('changes nothing while that can’t be on record, nor when it is used wrongly', async () => {
    expect((await run('--revoke', 'x', '--revoke-all', '--reason', 'y')).failure).toContain('not both');
    expect((await run('--dry-run')).failure).toContain('Nothing is changed without');
  });
});

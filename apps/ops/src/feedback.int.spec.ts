import { readAudit } from '#lib/audit';
import { ops } from '../../../test/support/ops.js';
import { textOf } from '../../../test/support/pages.js';
import { QueryApp } from '../../../test/support/query-app.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const run = (...args: string[]) => ops(app.env, 'feedback', ...args);
const give = async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.send('/feedback', { method: 'POST', headers: { ...(await app.as('amara.okafor')), ...headers }, body: new URLSearchParams(fields) });

describe('Feedback', () => {
  it('of a reader is on record without its words, is kept, and is read by operations', async () => {
    expect((await run()).text).toBe('Nobody has given feedback yet.');
    const got = await give({ category: 'idea', words: 'A larger font\u001B[2J on paper' });
    expect([got.status, got.headers.get('location')]).toEqual([303, '/feedback/given']);
    expect(await app.auditOf(got)).toMatchObject([{ action: 'gave-feedback', reader: 'amara.okafor', shown: { category: 'idea' } }]);
    expect(JSON.stringify(await readAudit(app.env.AUDIT_URL!))).not.toContain('larger font');
    const { text } = await run();
    expect(text).toMatch(/idea {2}amara\.okafor \(social-worker\) {2}[0-9a-f-]{36}\n {2}A larger font \[2J on paper$/);
  });

  it('that may name somebody is sent back with what was typed, and nothing is kept or recorded', async () => {
    const got = await give({ category: 'unclear', words: 'The page of 249012 is empty' });
    expect(got.status).toBe(400);
    expect(textOf(got.text)).toContain('Leave out dates, postcodes, e-mail addresses and numbers');
    expect(got.text).toContain('The page of 249012 is empty</textarea>');
    expect(await app.auditOf(got)).toEqual([]);
    expect(JSON.parse((await run('--json')).text)).toHaveLength(1);
  });

  it('can’t be given in a reader’s name by another site, nor by whoever is not signed in', async () => {
    expect((await give({ category: 'idea', words: 'x' }, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await app.send('/feedback', { method: 'POST', body: new URLSearchParams({ category: 'idea', words: 'x' }) })).status).toBe(303);
    expect(JSON.parse((await run('--json')).text)).toHaveLength(1);
  });

  it('that should not be there is taken out for good, once it is on record why', async () => {
    const [{ id }] = JSON.parse((await run('--json')).text) as [{ id: string }];
    expect((await run('--remove', id)).failure).toContain('Say why: --reason');
    expect((await run('--remove', id, '--dry-run')).text).toContain('would be removed');
    expect((await run('--remove', id, '--reason', 'names a child')).code).toBe(0);
    expect((await readAudit(app.env.AUDIT_URL!, { last: 1 }))[0]).toMatchObject({
      action: 'operated',
      reason: 'names a child',
      shown: { verb: 'feedback/remove', id },
    });
    expect((await run('--last', '5')).text).toBe('Nobody has given feedback yet.');
    expect((await run('--remove', id, '--reason', 'x')).failure).toContain('No feedback has this id.');
  });
});

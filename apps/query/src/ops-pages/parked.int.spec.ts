import { requestOf } from '#lib/read-model';
import { Operator } from '../../../../test/support/operator.js';
import { textOf } from '../../../../test/support/pages.js';
import { MINUTE } from '../../../../test/support/stored-operations.js';

let ola: Operator;
beforeAll(async () => {
  ola = await Operator.open();
});
afterAll(() => ola?.close());
afterEach(() => ola.stored.clear());

const several = async () => {
  const now = Date.now();
  await ola.stored.parked({ at: now - 3 * 60 * MINUTE, attempts: 4 });
  await ola.stored.parked({ at: now - 2 * MINUTE });
  await ola.stored.parked({ source: 'cis', code: 'key-missing', at: now - MINUTE });
  await ola.stored.parked({ source: null, code: 'no-value', at: now - MINUTE / 2 });
};
const asked = async (path: string, fields: Record<string, string>) => {
  const got = await ola.submit(path, fields);
  const location = got.headers.get('location') ?? '';
  expect([got.status, location]).toEqual([303, expect.stringMatching(/^\/operations\/requests\/[0-9a-f-]{36}$/)]);
  return { got, request: (await requestOf(ola.stored.pool, location.split('/').at(-1)!))! };
};

describe('Parked events', () => {
  it('are none where every event could be folded', async () => {
    expect(await ola.read('/operations/parked')).toContain('Nothing is parked: every event that was received could be folded.');
  });

  it('are told by source and reason, those that have waited longest first', async () => {
    await several();
    const text = await ola.read('/operations/parked');
    expect(text).toContain('wait here with their exact bytes: 4 events, the oldest for 3 hours.');
    expect(text).toMatch(
      /Mosaic Reason undecodable Bytes that no schema fits\. Expected an envelope, found noise\. Events 2 Oldest 3 hours, since .*? Attempts 4 Redrive/,
    );
    expect(text.indexOf('Mosaic Reason')).toBeLessThan(text.indexOf('CIS Reason key-missing'));
    expect(text).toContain('not readable Reason no-value');
  });

  it.each([
    ['', 'This is about 4 events, the oldest parked for 3 hours.'],
    ['?source=mosaic', 'This is about 2 events of Mosaic, the oldest parked for 3 hours.'],
    ['?code=key-missing', 'This is about 1 event with the reason key-missing, the oldest parked for 60 seconds.'],
    ['?source=cis&code=key-missing', 'This is about 1 event of CIS with the reason key-missing'],
    ['?source=cis&code=undecodable', 'Nothing of CIS with the reason undecodable is parked, so there is nothing to do.'],
    ["?source=x'%20OR%201=1--", "Nothing of x' OR 1=1-- is parked"],
  ])('are counted before anything is done: %s', async (query, words) => {
    await several();
    for (const way of ['redrive', 'discard']) expect(await ola.read(`/operations/parked/${way}${query}`)).toContain(words);
  });

  it('are redriven by a request that carries the choice, the reason and who asked', async () => {
    await several();
    const { got, request } = await asked('/operations/parked/redrive', {
      source: 'mosaic',
      code: 'undecodable',
      reason: ' the schema is there now ',
    });
    expect(request).toMatchObject({
      verb: 'redrive',
      arguments: { source: 'mosaic', code: 'undecodable' },
      askedBy: 'ola.berg',
      reason: 'the schema is there now',
      state: 'waiting',
    });
    expect(await ola.app.auditOf(got)).toMatchObject([
      { reason: 'the schema is there now', shown: { verb: 'redrive', source: 'mosaic', code: 'undecodable' } },
    ]);
  });

  it('are discarded in the same way, all of them where nothing is chosen', async () => {
    await several();
    const { request } = await asked('/operations/parked/discard', { source: '', code: '', reason: 'noise of a test' });
    expect(request).toMatchObject({ verb: 'discard', arguments: {}, reason: 'noise of a test' });
  });

  it('stay where a reason is missing; the choice is kept', async () => {
    await several();
    const got = await ola.submit('/operations/parked/discard', { source: 'mosaic', reason: '' });
    expect(got.status).toBe(400);
    expect(textOf(got.text)).toContain('There is a problem Enter a reason Discard parked events This is about 2 events of Mosaic');
    expect(got.text).toContain('<input type="hidden" name="source" value="mosaic">');
    const long = await ola.submit('/operations/parked/discard', { reason: 'x'.repeat(501) });
    expect(textOf(long.text)).toContain('Enter a reason of 500 characters or fewer');
  });

  it('are never shown with what they hold', async () => {
    const subject = '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
    await ola.stored.parked({ subject });
    await ola.stored.pool.query(`UPDATE read_1.parked SET bytes = convert_to('Tommy Williams', 'UTF8')`);
    for (const path of ['/operations', '/operations/parked', '/operations/parked/redrive'])
      expect(await ola.html(path)).not.toMatch(/Tommy|Williams|546f6d6d79/i);
  });
});

import { Operator } from '../../../../test/support/operator.js';
import { MINUTE } from '../../../../test/support/stored-operations.js';
import { londonDay } from '../day-words.js';

let ola: Operator;
beforeAll(async () => {
  ola = await Operator.open();
});
afterAll(() => ola?.close());
afterEach(async () => {
  await ola.stored.clear();
  await ola.app.people.allFresh([{ id: 'niche', service: 'police' }]);
});

describe('The overview', () => {
  it('says that everything is current where it is', async () => {
    const text = await ola.read('/operations');
    expect(text).toContain('Everything is current');
    expect(text).toContain('10 of 10 on time');
    expect(text).toMatch(/Generation 1 is live since \d+ \w+ 20\d\d at \d\d:\d\d; 0 events folded/);
    expect(text).toContain('Nothing is parked. Last requests Nobody has asked for anything yet.');
    expect(text).not.toContain('Look at');
  });

  it('follows the newest event from its source to the read model, in seconds', async () => {
    const now = Date.now();
    await ola.stored.progress('synergy', { publishedAt: now - 40 * MINUTE });
    await ola.stored.progress('mosaic', { publishedAt: now - 45_000, took: 300 });
    await ola.stored.tally('mosaic', londonDay(now), { received: 20, applied: 20 });
    await ola.stored.checkpoint(20);
    const text = await ola.read('/operations');
    expect(text).toMatch(/Newest event published 4\d seconds ago, by Mosaic/);
    expect(text).toContain('It was applied 0.3 seconds after that; matching has passed the last check of 10 of 10 sources');
    expect(text).toContain('20 events folded');
    expect(text).toContain('Everything is current');
  });

  it('does not say that all is current where matching has not passed the last check of a source', async () => {
    await ola.app.people.checked('niche', 'police', { offset: 2_000_000 });
    const text = await ola.read('/operations');
    expect(text).toContain('Everything is current but matching It has not passed the last check of 1 source yet');
    await ola.app.people.checked('niche', 'police');
    expect(await ola.read('/operations')).toContain('Everything is current As of');
  });

  it('lists everything that wants a look, each with a link to where', async () => {
    const now = Date.now();
    await ola.app.people.checked('niche', 'police', { at: now - 600 * MINUTE });
    await ola.stored.alarm('source-silent', 'niche', { since: now - 20 * MINUTE });
    await ola.stored.alarm('source-silent', 'mosaic', { cleared: true });
    await ola.stored.parked({ at: now - 30 * MINUTE });
    await ola.stored.parked({ at: now - 10 * MINUTE, source: null, code: 'no-value' });
    await ola.stored.generation({ state: 'building', stage: 'bulk', wanted: 'pause', failure: 'keys-lost', eventsTotal: 9 });
    const failed = await ola.stored.request({ verb: 'replay', state: 'failed', endedAt: now, outcome: { code: 'x' } });
    const waiting = await ola.stored.request({ askedAt: now - 5 * MINUTE });
    const check = await ola.stored.request({ verb: 'check', state: 'done', endedAt: now });
    await ola.stored.comparison({ id: check, beside: null, share: 0, fields: ['status'] });
    const html = await ola.html('/operations');
    const list = /<section class="ii-overall[^]*?<\/section>/.exec(html)![0];
    expect([...list.matchAll(/href="([^"]*)">([^<]*)</g)].map(([, href, text]) => `${text} → ${href}`)).toEqual([
      expect.stringMatching(/^Niche is late: known up to .* → \/operations\/sources\/niche$/),
      'Alarm source-silent of Niche, for 20 minutes → #alarms',
      '2 events parked, the oldest for 30 minutes → /operations/parked',
      'Building generation 2 has halted: keys-lost → /operations/generations',
      `The last check against the log found 1 difference → /operations/requests/${check}`,
      `A request failed → /operations/requests/${failed}`,
      `A request has waited for 5 minutes: is upkeep running? → /operations/requests/${waiting}`,
      'What was received does not balance with what became of it → /operations/balance',
    ]);
    expect(list).toContain('Look at: 8 things');
    const text = await ola.read('/operations');
    expect(text).toContain('source-silent Source Niche Since');
    expect(text).toContain('Mosaic Reason undecodable Events 1 Oldest 30 minutes not readable Reason no-value Events 1 Oldest 10 minutes');
  });

  it('tells of a build that nobody is at', async () => {
    const id = await ola.stored.generation({ state: 'building', stage: 'waiting' });
    await ola.stored.pool.query(`UPDATE control.generation SET progress_at = now() - interval '3 minutes' WHERE id = $1`, [id]);
    expect(await ola.read('/operations')).toContain('Nobody has been building generation 2 for 3 minutes');
  });
});

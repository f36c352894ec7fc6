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

const now = Date.now();
const page = (id: string) => `/operations/requests/${id}`;

describe('Requests', () => {
  it('are none at first', async () => {
    expect(await ola.read('/operations/requests')).toContain('Nobody has asked for anything yet.');
  });

  it('are listed newest first, with who asked what and why', async () => {
    await ola.stored.request({ verb: 'discard', arguments: { code: 'no-value' }, reason: 'noise', askedAt: now - MINUTE, state: 'done' });
    await ola.stored.request({ verb: 'replay', arguments: { source: 'cis', dryRun: true }, askedBy: 'night.shift', askedAt: now });
    const text = await ola.read('/operations/requests');
    expect(text).toMatch(
      /Count what would be applied again , .*? source CIS Asked .*? by night\.shift Why to see State Waiting to be taken Discard parked events/,
    );
    expect(text).toMatch(/Discard parked events .*? reason code no-value Asked .*? by ola\.berg Why noise State Done/);
  });

  it('that wait too long say what may be missing', async () => {
    const [id, anybodys] = [
      await ola.stored.request({ askedAt: now - 5 * MINUTE }),
      await ola.stored.request({ verb: 'compare', askedAt: now - 5 * MINUTE }),
    ];
    expect(await ola.read(page(id))).toMatch(
      /Nobody has taken it for 5 minutes: is a projector with PROJECTOR_TASK=upkeep and fold version \d+ running\?/,
    );
    expect(await ola.read(page(anybodys))).toContain('is a projector with PROJECTOR_TASK=upkeep running?');
  });

  it('under way tell their counts and can be looked at again; ended ones need not be', async () => {
    const id = await ola.stored.request({ state: 'running', takenAt: now, progress: { released: 7, refused: 1 } });
    const html = await ola.html(page(id));
    expect(textOf(html)).toContain('State Under way Applied and let go 7 Still can’t be folded 1');
    expect(html).toContain(`data-look-again><a class="govuk-link" href="${page(id)}">Look again</a>`);
    await ola.stored.pool.query(
      `UPDATE control.request SET state = 'done', ended_at = now(), outcome = '{"released": 8, "refused": 0, "stillParked": 0}'`,
    );
    const ended = await ola.html(page(id));
    expect(textOf(ended)).toContain('State Done Applied and let go 8 Still can’t be folded 0 Still parked 0');
    expect(ended).not.toContain('data-look-again');
  });

  it('that wait or are under way can be cancelled, with a reason, and tell what was done by then', async () => {
    const id = await ola.stored.request({ verb: 'replay', state: 'waiting' });
    expect(await ola.html(page(id))).toContain(`href="${page(id)}/cancel"`);
    const got = await ola.submit(`${page(id)}/cancel`, { reason: 'the wrong source' });
    expect([got.status, got.headers.get('location')]).toEqual([303, page(id)]);
    expect(await ola.app.auditOf(got)).toMatchObject([{ reason: 'the wrong source', shown: { verb: 'requests/cancel', request: id } }]);
    const html = await ola.html(page(id));
    expect(textOf(html)).toMatch(/State Cancelled .* Cancelled by ola\.berg: the wrong source Ended /);
    expect(html).not.toContain('/cancel"');
    const again = await ola.submit(`${page(id)}/cancel`, { reason: 'the wrong source' });
    expect([again.status, textOf(again.text).includes('This was not done There is no request')]).toEqual([409, true]);
  });

  it('that failed say with what code', async () => {
    const outcome = { code: 'wrong-generation', message: 'Generation 9 is not kept up beside the live one.' };
    const id = await ola.stored.request({
      verb: 'compare',
      arguments: { generation: 9, share: 0.1 },
      state: 'failed',
      takenAt: now,
      endedAt: now,
      outcome,
    });
    const text = await ola.read(page(id));
    expect(text).toContain('State Failed Reason code wrong-generation What it said Generation 9 is not kept up beside the live one.');
    expect(text).toContain('What was asked Generation 9 Share of people 10 % of people');
  });

  it('for a comparison lead to the differences, field by field', async () => {
    const beside = await ola.stored.generation();
    const id = await ola.stored.request({ verb: 'compare', state: 'done', takenAt: now, endedAt: now, outcome: { differences: 2 } });
    await ola.stored.comparison({ id, beside, fields: ['team', 'status'] });
    expect(await ola.read(page(id))).toContain('Field by field 2 differences');
    const text = await ola.read(`${page(id)}/differences`);
    expect(text).toMatch(/Generation 1 beside generation 2, .*?: 100 rows compared \(everything\), 2 of them differ\./);
    expect(text).toMatch(
      /Table involvement a1b2c3d4e5f6 Subject token [0-9a-f-]{36} Field status Generation 1 nothing Generation 2 0123456789ab/,
    );
  });

  it('for a check tell what it found beside the log', async () => {
    const id = await ola.stored.request({
      verb: 'check',
      arguments: { people: 50 },
      state: 'done',
      takenAt: now,
      endedAt: now,
      outcome: { differences: 0 },
    });
    await ola.stored.comparison({ id, beside: null, share: 0 });
    expect(await ola.read(page(id))).toContain('Field by field no differences');
    expect(await ola.read(`${page(id)}/differences`)).toMatch(/beside the log, .*people taken at random.*No differences were kept\./);
  });
});

describe('Applying again', () => {
  it('asks what and from where, and says what has to be corrected', async () => {
    const got = await ola.submit('/operations/replay', {
      what: 'subject',
      subject: 'Tommy',
      from: 'time',
      day: '31',
      month: '2',
      year: '2026',
    });
    expect(got.status).toBe(400);
    expect(textOf(got.text)).toContain('There is a problem Enter a subject token, such as');
    expect(got.text).toContain('<a href="#day">Enter a real date and time</a>');
    expect(got.text).toMatch(/value="31"/);
  });

  it('is counted first: a request that applies nothing', async () => {
    const got = await ola.submit('/operations/replay', { what: 'source', source: 'cis', from: 'offset', offset: '12' });
    const id = got.headers.get('location')!.split('/').at(-1)!;
    expect(await requestOf(ola.stored.pool, id)).toMatchObject({ verb: 'replay', arguments: { source: 'cis', offset: 12, dryRun: true } });
    expect(await ola.app.auditOf(got)).toMatchObject([{ action: 'operated', shown: { verb: 'replay', source: 'cis', dryRun: true } }]);
  });

  it('follows a count that has ended, with the same choice and a reason', async () => {
    const choice = { source: 'cis', since: Date.parse('2026-11-21T14:05:00Z') };
    const count = await ola.stored.request({ verb: 'replay', arguments: { ...choice, dryRun: true }, state: 'running', takenAt: now });
    expect((await ola.app.get(`/operations/replay/${count}`, 'ola.berg')).status).toBe(404);
    await ola.stored.pool.query(
      `UPDATE control.request SET state = 'done', ended_at = now(), outcome = '{"read": 900, "applied": 40, "refused": 0, "dryRun": true}'`,
    );
    const shown = await ola.html(page(count));
    expect(textOf(shown)).toContain('Events read 900 Events that would be applied again 40');
    expect(shown).toContain(`href="/operations/replay/${count}"`);
    expect(await ola.read(`/operations/replay/${count}`)).toContain(
      '40 events would be applied again, of 900 events to be read: source CIS, published since 21 Nov 2026 at 14:05.',
    );
    const got = await ola.submit(`/operations/replay/${count}`, { reason: 'rows were lost', source: 'mosaic' });
    const id = got.headers.get('location')!.split('/').at(-1)!;
    expect(await requestOf(ola.stored.pool, id)).toMatchObject({
      verb: 'replay',
      arguments: { ...choice, dryRun: false },
      reason: 'rows were lost',
    });
  });
});

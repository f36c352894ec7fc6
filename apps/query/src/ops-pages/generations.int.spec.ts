import { allGenerations, generationNumbered, requestOf } from '#lib/read-model';
import { Operator } from '../../../../test/support/operator.js';
import { textOf } from '../../../../test/support/pages.js';

let ola: Operator;
beforeAll(async () => {
  ola = await Operator.open();
});
afterAll(() => ola?.close());
afterEach(() => ola.stored.clear());

const PATH = '/operations/generations';
const because = { reason: 'to see' };
const building = (some = {}) =>
  ola.stored.generation({ state: 'building', stage: 'bulk', eventsDone: 250, eventsTotal: 1_000, perSecond: 50, ...some });
const compared = async (beside: number, fields: string[] = []) => {
  const id = await ola.stored.request({ verb: 'compare', state: 'done' });
  await ola.stored.comparison({ id, beside, share: 0.1, fields });
  return id;
};

describe('The page of generations', () => {
  it('lists the live one, since when it is, and offers to build another', async () => {
    const text = await ola.read(PATH);
    expect(text).toContain('Build a new one');
    expect(text).toMatch(/Generation 1 State Live Fold version \d+ Asked for .*? When live since \d+ \w+ 20\d\d at \d\d:\d\d/);
  });

  it('follows a build with share, rate, time left and limit, and offers what can be done about it', async () => {
    await building({ throttle: 200 });
    const text = await ola.read(PATH);
    expect(text).toMatch(
      /Generation 2 is being built 25 % Stage Folding what was in the logs when it began Done 25 %, 250 of 1,000 events Rate 50 events a second Time left about 15 seconds Limit 200 events a second Last heard [\d.]+ seconds? ago Look again Pause the build Slow down, or lift the limit Cancel the build/,
    );
    expect(text).not.toContain('Build a new one');
  });

  it('says when a build has halted, waits or stands still', async () => {
    await building({ failure: 'keys-lost', wanted: 'pause' });
    expect(await ola.read(PATH)).toMatch(/Stage Halted: keys-lost .* Time left can’t be told .* Resume the build/);
  });

  it('says of each other one how it compares with the live one', async () => {
    const [same, other] = [await ola.stored.generation(), await ola.stored.generation({ state: 'retired' })];
    await ola.stored.generation();
    const dropped = await ola.stored.generation({ state: 'dropped' });
    await compared(same);
    await compared(dropped);
    const id = await compared(other, ['team', 'status']);
    const text = await ola.read(PATH);
    expect(text).toMatch(
      /Generation 2 State Ready, keeps up .*? Last compared no differences in 100 rows \(10 % of people\), with generation 1,/,
    );
    expect(text).toMatch(
      /Generation 3 State Was live, keeps up .*? Last compared 2 differences of generation 3 in 100 rows .*? Roll back to it/,
    );
    expect(text).toMatch(/Generation 4 .*? Last compared never Compare : generation 4 Switch to it/);
    expect(text).toMatch(/Generation 5 State Dropped .*? Last compared no differences in 100 rows [^G]*\s+Generation 4/);
    expect(await ola.html(PATH)).toContain(`href="/operations/requests/${id}/differences"`);
  });

  it('says only what is on its list of things done', async () => {
    expect(await ola.read(`${PATH}?done=switch`)).toContain('Readers see another generation from now on.');
    for (const done of ['toString', '<b>', '']) expect(await ola.html(`${PATH}?done=${done}`)).not.toContain('moj-alert');
  });
});

describe('A build', () => {
  it('says first how many events it folds, and takes a limit', async () => {
    await ola.stored.checkpoint(1_234);
    expect(await ola.read(`${PATH}/build`)).toContain('1,234 events will be folded from the beginning of the logs');
    const got = await ola.submit(`${PATH}/build`, { throttle: '2,500', ...because });
    expect([got.status, got.headers.get('location')]).toEqual([303, `${PATH}?done=build`]);
    expect(await generationNumbered(ola.stored.pool, 2)).toMatchObject({ state: 'building', throttle: 2_500 });
    expect(await ola.app.auditOf(got)).toMatchObject([{ reason: 'to see', shown: { verb: 'rebuild', throttle: 2_500 } }]);
  });

  it.each(['0', '-1', 'fast', '1.5', '99999999999'])('is not begun with a limit of %s', async (throttle) => {
    const got = await ola.submit(`${PATH}/build`, { throttle, ...because });
    expect(got.status).toBe(400);
    expect(textOf(got.text)).toContain('Enter a whole number of events a second, or leave it empty');
    expect(await allGenerations(ola.stored.pool)).toHaveLength(1);
  });

  it('is one at a time, and the engine says so', async () => {
    await building();
    const got = await ola.submit(`${PATH}/build`, because);
    expect(got.status).toBe(409);
    expect(textOf(got.text)).toContain(
      'This was not done Generation 2 is being built: one build at a time. Wait for it, or cancel it first. See the build that is under way',
    );
  });

  it.each([
    ['pause', {}, { wanted: 'pause' }],
    ['cancel', {}, { wanted: 'cancel' }],
    ['slow-down', { throttle: '100' }, { throttle: 100, wanted: 'run' }],
    ['slow-down', { throttle: '' }, { throttle: null }],
  ])('is steered: %s %j', async (way, fields, steered) => {
    await building({ throttle: 200 });
    expect(await ola.read(`${PATH}/${way}`)).toContain('Generation 2 is being built.');
    const got = await ola.submit(`${PATH}/${way}`, { ...fields, ...because });
    expect([got.status, got.headers.get('location')]).toEqual([303, `${PATH}?done=${way}`]);
    expect(await generationNumbered(ola.stored.pool, 2)).toMatchObject(steered);
  });

  it('goes on after it halted when it is resumed', async () => {
    await building({ wanted: 'pause', failure: 'keys-lost', throttle: 200 });
    expect((await ola.submit(`${PATH}/resume`, because)).status).toBe(303);
    expect(await generationNumbered(ola.stored.pool, 2)).toMatchObject({ wanted: 'run', failure: null, throttle: 200 });
  });
});

describe('A switch', () => {
  const live = async () => (await allGenerations(ola.stored.pool)).find(({ state }) => state === 'live')!.id;

  it('is made where the comparison found no differences, and says what will happen', async () => {
    await compared(await ola.stored.generation());
    const text = await ola.read(`${PATH}/2/switch`);
    expect(text).toContain('Readers see generation 2 from the next answer on, instead of generation 1.');
    expect(text).toMatch(/last compared with the live one on .*: no differences in 100 rows \(10 % of people\)/);
    expect(text).not.toContain('accepted');
    const got = await ola.submit(`${PATH}/2/switch`, because);
    expect([got.status, await live()]).toEqual([303, 2]);
    expect((await generationNumbered(ola.stored.pool, 2)).switchedAt).toBeGreaterThan(Date.now() - 60_000);
    const after = await ola.read(PATH);
    expect(after).toMatch(/Generation 2 State Live .*? When live since \d+ \w+ 20\d\d at \d\d:\d\d Last compared/);
    expect(after).toMatch(
      /Generation 1 State Was live, keeps up .*? When live last from .*? at \d\d:\d\d until .*? at \d\d:\d\d Last compared/,
    );
  });

  it('is from the live one, also where that is newer than the other', async () => {
    const [older, newer] = [await ola.stored.generation(), await ola.stored.generation()];
    await compared(newer);
    await ola.submit(`${PATH}/${newer}/switch`, because);
    expect([await live(), await ola.read(`${PATH}/${older}/switch`)]).toEqual([3, expect.stringContaining('instead of generation 3.')]);
  });

  it('goes by the last comparison of several', async () => {
    const other = await ola.stored.generation();
    await compared(other, ['team']);
    await compared(other);
    expect(await ola.read(`${PATH}/${other}/switch`)).toMatch(/last compared with the live one on .*: no differences in 100 rows/);
    await compared(other, ['team', 'status']);
    expect(await ola.read(`${PATH}/${other}/switch`)).toContain('2 differences');
    expect([(await ola.submit(`${PATH}/${other}/switch`, because)).status, await live()]).toEqual([409, 1]);
  });

  it('is refused before a comparison, in the engine’s words and with what to do', async () => {
    await ola.stored.generation();
    const got = await ola.submit(`${PATH}/2/switch`, because);
    expect([got.status, await live()]).toEqual([409, 1]);
    expect(textOf(got.text)).toContain('Generation 2 was never compared with the live one. Run ops compare, or approve with a reason.');
    expect(got.text).toContain('<a href="#approved">Compare it first, or say why it need not be</a>');
    expect(got.text).toContain(`href="${PATH}/2/compare"`);
  });

  it('is made over differences only with a reason of their own, which is on record', async () => {
    const id = await compared(await ola.stored.generation(), ['team']);
    expect(await ola.html(`${PATH}/2/switch`)).toContain(`href="/operations/requests/${id}/differences"`);
    const refused = await ola.submit(`${PATH}/2/switch`, { ...because, approved: '  ' });
    expect([refused.status, await live()]).toEqual([409, 1]);
    expect(textOf(refused.text)).toContain('Generation 2 differs from the live one: 1 differences were found.');
    const got = await ola.submit(`${PATH}/2/switch`, { ...because, approved: 'the team was renamed' });
    expect([got.status, await live()]).toEqual([303, 2]);
    expect(await ola.app.auditOf(got)).toMatchObject([{ shown: { verb: 'switch', generation: 2, approved: 'the team was renamed' } }]);
  });

  it('is refused to a generation that is behind, or being built, or dropped', async () => {
    await compared(await ola.stored.generation());
    await ola.stored.checkpoint(5_000);
    expect(textOf((await ola.submit(`${PATH}/2/switch`, because)).text)).toContain('Generation 2 is 5000 events behind the live one');
    const [dropped, built] = [await ola.stored.generation({ state: 'dropped' }), await building()];
    expect(textOf((await ola.submit(`${PATH}/${dropped}/switch`, because)).text)).toContain('was dropped');
    expect(textOf((await ola.submit(`${PATH}/${built}/switch`, because)).text)).toContain('Wait until it is ready.');
    expect(await live()).toBe(1);
  });

  it('back is called so, and needs no comparison', async () => {
    await ola.stored.generation({ state: 'retired' });
    expect(await ola.read(`${PATH}/2/switch`)).toContain('Roll back to generation 2 Readers see generation 2');
    expect((await ola.submit(`${PATH}/2/switch`, because)).status).toBe(303);
    expect(await live()).toBe(2);
  });
});

describe('Another generation', () => {
  it.each([
    ['1', 1],
    ['0.1', 0.1],
    ['0.01', 0.01],
  ])('is compared by a request over a share of %s', async (given, share) => {
    await ola.stored.generation();
    const got = await ola.submit(`${PATH}/2/compare`, { share: given, ...because });
    const id = got.headers.get('location')!.split('/').at(-1)!;
    expect(await requestOf(ola.stored.pool, id)).toMatchObject({
      verb: 'compare',
      arguments: { generation: 2, share },
      askedBy: 'ola.berg',
    });
  });

  it('is not compared over a share nobody offered', async () => {
    await ola.stored.generation();
    const got = await ola.submit(`${PATH}/2/compare`, { share: '7', ...because });
    expect([got.status, textOf(got.text).includes('Choose how much to compare')]).toEqual([400, true]);
  });

  it('is dropped after a warning; the live one never is', async () => {
    await ola.stored.generation();
    expect(await ola.html(`${PATH}/2/drop`)).toContain('govuk-button--warning');
    expect((await ola.submit(`${PATH}/2/drop`, because)).status).toBe(303);
    expect(await generationNumbered(ola.stored.pool, 2)).toMatchObject({ state: 'dropped' });
    const got = await ola.submit(`${PATH}/1/drop`, because);
    expect(got.status).toBe(409);
    expect(textOf(got.text)).toContain('Generation 1 is live. Switch to another one first.');
  });
});

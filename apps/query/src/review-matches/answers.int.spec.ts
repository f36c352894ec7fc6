import { textOf } from '../../../../test/support/pages.js';
import type { Got } from '../../../../test/support/query-app.js';
import { DIFFERENT, GRACE, SAME, StewardsDesk, TOM, WEN } from '../../../../test/support/stewards-desk.js';
import { born } from '../../../../test/support/stored-people.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

describe('An answer', () => {
  it('rules at once where both sources are usual, on record for both, and the page says whether the matcher follows', async () => {
    const { path, one, ...pair } = await desk.waits();
    const got = await desk.decide(path, { ...SAME, words: 'The school rang' });
    expect([got.status, got.headers.get('location')]).toEqual([303, path]);
    expect((await desk.app.auditOf(got)).map(({ action, shown }) => [action, shown])).toEqual(
      [1, 2].map(() => ['decided-match', { one, other: pair.other, answer: 'same', because: 'details-agree' }]),
    );
    expect(await desk.askedOf({ one })).toMatchObject([{ ruling: 'together', reason: 'details-agree', by_role: 'data-steward' }]);
    expect(textOf((await desk.read(path)).text)).toContain('Decided: they are one person. The matcher has not taken it up yet.');
    expect(await desk.queued(TOM)).not.toContain(path);
    await desk.matcher.takesUp(one);
    expect(textOf((await desk.read(path)).text)).toContain('The matcher has taken it up.');
    expect(await desk.besideNobody(path, TOM)).toEqual([404, true]);
    expect((await desk.decide(path, DIFFERENT)).status).toBe(404);
    const { rows } = await desk.app.people.pool.query<{ sealed: Buffer }>('SELECT sealed FROM decided.opinion WHERE one = $1', [one]);
    expect(rows[0]!.sealed.toString('latin1')).not.toContain('school');
    expect(textOf((await desk.read(path)).text)).toContain('The school rang');
  });

  it('that can’t tell leaves the pair to others, and is not asked for again', async () => {
    const { path, ...pair } = await desk.waits();
    await desk.decide(path, { answer: 'cannot-tell', reason: 'too-little' });
    expect(await desk.askedOf(pair)).toEqual([]);
    expect([(await desk.queued()).filter((one) => one === path).length, await desk.queued(TOM)]).toEqual([
      1,
      expect.arrayContaining([path]),
    ]);
    expect(textOf((await desk.read(path)).text)).toContain('Nothing is decided yet: it waits for another steward.');
    expect((await desk.decide(path, SAME)).status).toBe(404);
  });

  it('about the police needs a second steward, who is not shown the first', async () => {
    const { path, ...pair } = await desk.waits({ source: 'niche' });
    await desk.decide(path, { ...SAME, words: 'Quite sure' });
    expect(await desk.askedOf(pair)).toEqual([]);
    const before = textOf((await desk.read('/matches')).text);
    const second = await desk.read(path, TOM);
    expect(second.text).not.toMatch(/Quite sure|grace|Grace|holt/);
    expect(textOf(second.text)).not.toMatch(/answered|decided/i);
    await desk.decide(path, { ...SAME, reason: 'source-confirmed' }, TOM);
    expect(await desk.askedOf(pair)).toMatchObject([{ ruling: 'together', reason: 'source-confirmed' }]);
    expect(before).not.toContain('they came to the same for 1.');
    expect(textOf((await desk.read('/matches')).text)).toContain('they came to the same for 1.');
  });

  it('about records of usual services needs a second steward where another record of either person is the police’s: it would come along, or go', async () => {
    for (const [said, ruling] of [
      [SAME, 'together'],
      [DIFFERENT, 'apart'],
    ] as const)
      for (const whose of [0, 1]) {
        const { path, records, ...pair } = await desk.waits();
        await desk.app.people.record({ source: 'niche', person: records[whose]!.person, dateOfBirth: born('1980-02-03') });
        await desk.decide(path, said);
        expect([ruling, await desk.askedOf(pair), (await desk.queued(TOM)).includes(path)]).toEqual([ruling, [], true]);
        await desk.decide(path, said, TOM);
        expect(await desk.askedOf(pair)).toMatchObject([{ ruling }]);
      }
  });

  it('that waits says so in the same words whatever it waits for, and the same for each service that may not be told of', async () => {
    const child = { dateOfBirth: born('2015-02-03') };
    const said = async (ofPerson: object, who: object) => {
      const { path, records } = await desk.waits(who, { source: 'liquidlogic', ...who });
      await desk.app.people.record({ ...ofPerson, person: records[0].person });
      await desk.decide(path, SAME);
      return [...textOf((await desk.read(path)).text).matchAll(/(Nothing is|Decided)[^.]*[.]/g)].map(([words]) => words);
    };
    const adult = { dateOfBirth: born('1980-02-03') };
    expect(await said({ source: 'northbridge-homes', ...adult }, adult)).toEqual(['Decided: they are one person.']);
    const waits = [
      await said({ source: 'niche', ...adult }, adult),
      ...(await Promise.all(['niche', 'cis', 'northbridge-homes'].map((source) => said({ source, ...child }, child)))),
    ];
    expect(new Set(waits.flat())).toEqual(new Set(['Nothing is decided yet: it waits for another steward.']));
  });

  it('about a pair of the share that two look at needs a second steward too', async () => {
    const all = await StewardsDesk.open(1);
    try {
      const { path, ...pair } = await all.waits();
      await all.decide(path, SAME);
      expect([await all.askedOf(pair), (await all.queued(TOM)).includes(path)]).toEqual([[], true]);
      await all.decide(path, SAME, TOM);
      expect(await all.askedOf(pair)).toMatchObject([{ ruling: 'together' }]);
    } finally {
      await all.close();
    }
  });

  it('that differs from another’s decides nothing: the pair comes first, and a third steward is asked', async () => {
    const { path, ...pair } = await desk.waits({ source: 'cis' });
    await desk.decide(path, SAME);
    await desk.decide(path, DIFFERENT, TOM);
    expect(await desk.askedOf(pair)).toEqual([]);
    for (const reader of [GRACE, TOM])
      expect(textOf((await desk.read(path, reader)).text)).toContain('Stewards have come to different answers. Nothing is decided');
    expect((await desk.queued(WEN))[0]).toBe(path);
    const third = textOf((await desk.read(path, WEN)).text);
    expect(third).toContain('Stewards have come to different answers');
    expect(third).not.toContain('Their details agree. ');
    await desk.decide(path, DIFFERENT, WEN);
    expect(await desk.askedOf(pair)).toMatchObject([{ ruling: 'apart', reason: 'twins-or-siblings' }]);
  });

  it('can be taken back by whoever gave it, and by nobody else', async () => {
    const { path, one } = await desk.waits();
    await desk.decide(path, DIFFERENT);
    const takesBack = (reader?: string) => desk.send(`${path}/taken-back`, { step: 'take-back' }, reader);
    expect([(await takesBack(TOM)).status, (await desk.send(`${path}/taken-back`, {}, TOM)).status]).toEqual([404, 404]);
    const asked = await desk.send(`${path}/taken-back`, {});
    expect([asked.status, textOf(asked.text).includes('Take the decision back?'), await desk.askedOf({ one })]).toMatchObject([
      200,
      true,
      [{}],
    ]);
    expect([(await takesBack()).status, (await takesBack()).status]).toEqual([303, 404]);
    expect((await desk.askedOf({ one })).map(({ ruling }) => ruling)).toEqual(['apart', 'none']);
    await desk.matcher.takesUp(one);
    expect(textOf((await desk.read(path)).text)).toContain('The decision was taken back');
  });

  it('is taken back by nobody whose own answer was taken back before', async () => {
    const { path, one } = await desk.waits();
    const takesBack = async (reader?: string) => (await desk.send(`${path}/taken-back`, { step: 'take-back' }, reader)).status;
    await desk.decide(path, SAME);
    expect(await takesBack()).toBe(303);
    await desk.matcher.takesUp(one);
    expect((await desk.decide(path, SAME, TOM)).status).toBe(303);
    expect([await takesBack(), await takesBack(TOM)]).toEqual([404, 303]);
  });

  it('counts once when two stewards give it at the same time', async () => {
    const { path, ...pair } = await desk.waits();
    const got = await Promise.all([GRACE, TOM, WEN].map((reader) => desk.decide(path, SAME, reader)));
    expect(got.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(await desk.askedOf(pair)).toHaveLength(1);
  });
});

describe('What is on record of an answer', () => {
  const onRecord = async (got: Got) => (await desk.app.auditOf(got)).map(({ outcome, shown }) => [outcome, shown?.answer, shown?.refused]);

  it('says that it was refused, and why, where it changes nothing', async () => {
    const { path, one } = await desk.waits();
    const twice = (said: unknown[]) => [said, said];
    expect(await onRecord(await desk.decide(path, SAME))).toEqual(twice(['done', 'same', undefined]));
    expect(await onRecord(await desk.decide(path, DIFFERENT))).toEqual(twice(['refused', 'different', 'answered-before']));
    const takesBack = () => desk.send(`${path}/taken-back`, { step: 'take-back' });
    expect(await onRecord(await takesBack())).toEqual(twice(['done', 'taken-back', undefined]));
    expect(await onRecord(await takesBack())).toEqual(twice(['refused', 'taken-back', 'not-own']));
    expect((await desk.askedOf({ one })).map(({ ruling }) => ruling)).toEqual(['together', 'none']);
  });

  it('names the pair and the answer also of whoever came second of two who answered at the same time, for whom nothing was there any more', async () => {
    const { path, one, other } = await desk.waits();
    const got = await Promise.all([GRACE, TOM, WEN].map((reader) => desk.decide(path, SAME, reader)));
    const [taken, ...late] = got.toSorted((a, b) => a.status - b.status);
    expect((await onRecord(taken!)).map(([outcome]) => outcome)).toEqual(['done', 'done']);
    const said = { outcome: 'nothing-found', person: null, shown: { one, other, answer: 'same', because: 'details-agree' } };
    for (const second of late) expect([second.status, await desk.app.auditOf(second)]).toMatchObject([404, [said]]);
  });

  it('says afterwards, for both people, that it was perhaps not kept', async () => {
    const { path, one, other, records } = await desk.waits();
    await desk.app.people.pool.query(`ALTER TABLE decided.opinion ADD CONSTRAINT no_room CHECK (one <> '${one}') NOT VALID`);
    const got = await desk.decide(path, SAME);
    await desk.app.people.pool.query('ALTER TABLE decided.opinion DROP CONSTRAINT no_room');
    const looks = await desk.app.auditOf(got);
    const shown = { one, other, answer: 'same', because: 'details-agree' };
    expect([got.status, looks.map(({ outcome }) => outcome)]).toEqual([503, ['done', 'done', 'refused', 'refused']]);
    for (const { person, subject } of records)
      expect(looks).toContainEqual(
        expect.objectContaining({ outcome: 'refused', person, subjects: [subject], shown: { ...shown, refused: 'perhaps-not-kept' } }),
      );
    expect((await desk.decide(path, SAME)).status).toBe(303);
  });
});

it('Words whose key is lost are told to be lost, and not that there were none', async () => {
  const { path, one } = await desk.waits();
  await desk.decide(path, { ...SAME, words: 'The school rang' });
  await desk.app.people.pool.query(`UPDATE decided.opinion SET sealed = sha256(sealed) WHERE one = $1`, [one]);
  const page = textOf((await desk.read(path)).text);
  expect([page.includes('You wrote something that can’t be opened any more'), page.includes('Nothing more')]).toEqual([true, false]);
});

describe('While the matcher’s database is away', () => {
  const away = async (what: () => Promise<void>) => {
    await desk.matcher.run('REVOKE USAGE ON SCHEMA matcher FROM index_stewards');
    try {
      await what();
    } finally {
      await desk.matcher.run('GRANT USAGE ON SCHEMA matcher TO index_stewards');
    }
  };

  it('the pages say so, and never that nothing waits', async () => {
    const { path } = await desk.waits();
    await away(async () => {
      for (const page of ['/matches', path]) {
        const got = await desk.read(page);
        expect([got.status, textOf(got.text).includes('This is no empty queue')]).toEqual([503, true]);
      }
    });
  });

  it('a ruling that was kept but not handed over is handed over by whoever looks next, once', async () => {
    const { path, one } = await desk.waits();
    await desk.matcher.run('REVOKE INSERT (id, one, other, ruling, reason, by_role) ON matcher.ruling_request FROM index_stewards');
    const got = await desk.decide(path, SAME);
    expect([got.status, await desk.askedOf({ one })]).toEqual([303, []]);
    expect(textOf((await desk.read(path)).text)).toContain('The matcher has not taken it up yet');
    expect(await desk.queued(TOM)).not.toContain(path);
    await desk.matcher.run('GRANT INSERT (id, one, other, ruling, reason, by_role) ON matcher.ruling_request TO index_stewards');
    await Promise.all([1, 2, 3].map(() => desk.read('/matches', TOM)));
    expect(await desk.askedOf({ one })).toHaveLength(1);
  });

  it('a ruling that was handed over, and the process died before it noted so, is not handed over twice', async () => {
    const { path, one } = await desk.waits();
    await desk.decide(path, SAME);
    await desk.app.people.pool.query('UPDATE decided.pair_ruling SET handed_over_at = NULL WHERE one = $1', [one]);
    await desk.read('/matches');
    expect(await desk.askedOf({ one })).toHaveLength(1);
    const { rows } = await desk.app.people.pool.query('SELECT FROM decided.pair_ruling WHERE handed_over_at IS NULL');
    expect(rows).toEqual([]);
  });
});

import { doubt, storeJoined } from '../../../../test/support/doubted-people.js';
import { eventually } from '../../../../test/support/eventually.js';
import { MatcherByHand } from '../../../../test/support/matcher-by-hand.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { textOf } from '../../../../test/support/pages.js';
import { GRACE, SAME, StewardsDesk, TOM } from '../../../../test/support/stewards-desk.js';
import { born } from '../../../../test/support/stored-people.js';
import { authorityOfNorthbridge } from '../../../../test/support/changed-authority.js';
import { Visitor } from '../../../../test/support/visitor.js';
import { startQuery } from '../start.js';

const metricsOf = async (url: string) =>
  Object.fromEntries(
    [
      ...(await (await fetch(`${url}/metrics`)).text()).matchAll(
        /^(involvement_matches_[a-z_]+)(?:\{(?:harm="([a-z]+)",)?[^}]*\})? (\S+)$/gm,
      ),
    ].map(([, name, harm, value]) => [[name, harm].filter(Boolean).join(' '), Number(value)]),
  );

it('What waits for stewards is counted with how long the oldest of each kind has, but for whoever is restricted; while the matcher is away it is no figure', async () => {
  const matcher = await MatcherByHand.open();
  const app = await QueryApp.open();
  const record = (source: string) => app.people.record({ source, dateOfBirth: born('1980-02-03') });
  const police = [await record('niche'), await record('mosaic')] as const;
  const restricted = [await record('niche'), await record('mosaic')] as const;
  await app.people.restrictByHand(restricted[0].subject);
  await matcher.waits(...police, 2);
  await matcher.waits(...restricted, 500);
  const watched = await startQuery({ ...app.env, MATCHER_STEWARDS_URL: matcher.stewardsUrl });
  try {
    const told = await eventually('it was counted', async () => {
      const read = await metricsOf(watched.url);
      return (read['involvement_matches_waiting'] ?? 0) > 0 && read;
    });
    expect(told['involvement_matches_waiting']).toBe(2);
    const hours = (told['involvement_matches_oldest_seconds careful'] ?? 0) / 3600;
    expect(hours).toBeGreaterThan(1.9);
    expect(hours).toBeLessThan(2.5);
    expect(told['involvement_matches_oldest_seconds disagreed']).toBe(0);
    expect((await metricsOf(app.url))['involvement_matches_waiting']).toBeNaN();
  } finally {
    await watched.stop();
    await app.close();
    await matcher.close();
  }
});

it('The list of what waits is kept for a while, and gives nobody what was decided, answered or restricted since, and has every doubt at once', async () => {
  const desk = await StewardsDesk.open();
  const [decided, answered, restricted, stays] = [await desk.waits(), await desk.waits(), await desk.waits(), await desk.waits()];
  const keeping = await startQuery({ ...desk.app.env, WAITING_KEPT_MS: '300000' });
  try {
    const grace = await Visitor.signedIn(keeping.url, GRACE);
    const waiting = async () => (await grace.read('/matches')).split('What you answered last')[0]!;
    for (const { path } of [decided, answered, restricted, stays]) expect(await waiting()).toContain(path);
    await desk.decide(decided.path, SAME, TOM);
    await desk.decide(answered.path, { answer: 'cannot-tell', reason: 'too-little' });
    await desk.app.people.restrictByHand(restricted.records[0].subject);
    const late = await desk.waits();
    const { person, police, known } = await storeJoined(desk.app);
    await doubt(desk.app, person, police.subject);
    const page = await waiting();
    for (const { path } of [decided, answered, restricted, late]) expect(page).not.toContain(path);
    for (const path of [stays.path, `/matches/${[known.subject, police.subject].toSorted().join('/')}`]) expect(page).toContain(path);
  } finally {
    await keeping.stop();
    await desk.close();
  }
});

it('An empty list says as of when nothing waited, as pairs may have come since', async () => {
  const desk = await StewardsDesk.open();
  const keeping = await startQuery({ ...desk.app.env, WAITING_KEPT_MS: '300000' });
  try {
    const grace = await Visitor.signedIn(keeping.url, GRACE);
    await grace.read('/matches');
    const { path } = await desk.waits();
    const page = await grace.read('/matches');
    expect(page).not.toContain(path);
    expect(textOf(page)).toMatch(/No pair waits for you, as the list stood on \d+ \w+ \d{4} at \d\d:\d\d\. Load this page again/);
  } finally {
    await keeping.stop();
    await desk.close();
  }
});

describe('The queue by kinds', () => {
  it('says how many of each kind wait for stewards, but for whoever is restricted, and lists those of one kind, or of one database, alone', async () => {
    const desk = await StewardsDesk.open();
    try {
      const old = { dateOfBirth: born('1980-02-03') };
      const [police, other] = [await desk.waits({ source: 'niche' }), await desk.waits(old)];
      const child = await desk.waits({ dateOfBirth: born('2019', 'year') }, { dateOfBirth: born('2019', 'year') });
      await desk.waits({ source: 'niche', restriction: 'restricted' });
      const page = textOf((await desk.read('/matches')).text).replaceAll(' :', ':');
      expect(page).toContain('3 pairs wait for stewards.');
      expect(page).toContain(
        'The services matched with care are Adult social care, Youth offending and Police. All records of the two people',
      );
      expect(page).not.toContain('A further record');
      for (const counted of [
        'All kinds: 3',
        'matched with care: 1',
        'A child may be one of them: 1',
        'All others: 1',
        'Stewards disagree: 0',
      ])
        expect(page).toContain(counted);
      const ofOne = textOf((await desk.read('/matches?source=synergy')).text).replaceAll(' :', ':');
      expect(ofOne).toContain('3 pairs wait for stewards, of all databases.');
      expect(ofOne).not.toMatch(/(All kinds|with care|one of them|others): /);
      expect(await desk.queued(TOM, '?harm=careful')).toEqual([police.path]);
      expect(await desk.queued(TOM, '?harm=child')).toEqual([child.path]);
      expect((await desk.queued(TOM, '?source=synergy&harm=other')).toSorted()).toEqual([other.path]);
      expect(await desk.queued(TOM, '?source=niche&harm=other')).toEqual([]);
      expect((await desk.queued(TOM, '?harm=gossip')).length).toBe(3);
    } finally {
      await desk.close();
    }
  });

  it('tells by no kind, number or place which service a sensitive one is', async () => {
    const services = authorityOfNorthbridge().services.map((one) =>
      one.service === 'youth-offending' ? { ...one, display: 'hidden' } : one,
    );
    const desk = await StewardsDesk.open(undefined, { services });
    try {
      const [child, adult] = [{ dateOfBirth: born('2015-02-03') }, { dateOfBirth: born('1980-02-03') }];
      const tooEarly = await desk.waits(child, { source: 'niche', ...child }, 1);
      const hidden = await desk.waits(adult, { source: 'childview', ...adult }, 1);
      const [ofSchool, ofAdults] = [await desk.waits(child, child, 3), await desk.waits(adult, adult, 3)];
      const inOrder = [ofSchool, tooEarly, ofAdults, hidden].map(({ path }) => path);
      expect([await desk.queued(), await desk.queued(TOM, '?harm=careful'), await desk.queued(TOM, '?source=niche')]).toEqual([
        inOrder,
        [],
        [],
      ]);
      expect([await desk.queued(TOM, '?harm=child'), await desk.queued(TOM, '?harm=other')]).toEqual([
        inOrder.slice(0, 2),
        inOrder.slice(2),
      ]);
      const page = textOf((await desk.read('/matches')).text).replaceAll(' :', ':');
      for (const counted of ['matched with care: 0', 'A child may be one of them: 2', 'All others: 2']) expect(page).toContain(counted);
    } finally {
      await desk.close();
    }
  });

  it('goes by all that may be told of the two people, and not by their two records alone', async () => {
    const desk = await StewardsDesk.open();
    try {
      const [child, adult] = [{ dateOfBirth: born('2015-02-03') }, { dateOfBirth: born('1980-02-03') }];
      const [usual, ofPolice, gone] = [
        await desk.waits(adult, adult, 9),
        await desk.waits(adult, adult, 1),
        await desk.waits(adult, adult, 8),
      ];
      const tooEarly = await desk.waits(child, child, 2);
      const niche = (person: string, o: object = {}) => desk.app.people.record({ source: 'niche', person, ...o });
      await niche(ofPolice.records[1].person, adult);
      await niche(gone.records[0].person, { ...adult, present: false });
      await niche(tooEarly.records[0].person, child);
      expect(await desk.queued()).toEqual([ofPolice, tooEarly, usual, gone].map(({ path }) => path));
      expect([await desk.queued(TOM, '?harm=careful'), await desk.queued(TOM, '?source=niche')]).toEqual([[ofPolice.path], []]);
      const page = textOf((await desk.read('/matches')).text).replaceAll(' :', ':');
      for (const counted of ['matched with care: 1', 'A child may be one of them: 1', 'All others: 2']) expect(page).toContain(counted);
      expect(page.split('A further record of one of them is of a service that is matched with care')).toHaveLength(2);
      const [first, second] = [ofPolice.one, ofPolice.other].map((subject) => subject === ofPolice.records[1].subject);
      const whose = first && !second ? 'first' : 'second';
      expect(textOf((await desk.read(ofPolice.path)).text)).toContain(
        `The person of the ${whose} record has a further record, of a service`,
      );
      for (const { path } of [usual, tooEarly, gone]) expect(textOf((await desk.read(path)).text)).not.toContain('a further record');
    } finally {
      await desk.close();
    }
  });

  it('tells as little of one that is not shown of somebody as old as that', async () => {
    const desk = await StewardsDesk.open();
    try {
      const adult = { dateOfBirth: born('1980-02-03') };
      const { path } = await desk.waits(adult, { source: 'childview', ...adult });
      const listed = await Promise.all(['', '?harm=other', '?harm=careful', '?source=childview'].map((filter) => desk.queued(TOM, filter)));
      expect(listed).toEqual([[path], [path], [], []]);
      const { status, text } = await desk.read(path);
      expect([status, text]).toEqual([200, expect.stringContaining('A sensitive service')]);
      expect(text).not.toMatch(/ChildView|Youth offending/);
    } finally {
      await desk.close();
    }
  });

  it('neither lists nor counts a record that is nobody’s yet', async () => {
    const desk = await StewardsDesk.open();
    try {
      const { path } = await desk.waits();
      await desk.waits({ person: null });
      expect(await desk.queued()).toEqual([path]);
      expect(textOf((await desk.read('/matches')).text)).toContain('1 pair waits for stewards.');
    } finally {
      await desk.close();
    }
  });
});

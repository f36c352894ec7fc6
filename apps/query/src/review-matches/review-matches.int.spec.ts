import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { authorityOfNorthbridge, changedAuthority } from '../../../../test/support/changed-authority.js';
import { textOf } from '../../../../test/support/pages.js';
import { GRACE, SAME, StewardsDesk, TOM, WEN } from '../../../../test/support/stewards-desk.js';
import { address, born } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';
import { startQuery } from '../start.js';

let desk: StewardsDesk;
beforeAll(async () => {
  desk = await StewardsDesk.open();
});
afterAll(() => desk?.close());

describe('The queue of a data steward', () => {
  it('lists what waits, by harm and then by age, and nothing of the people', async () => {
    const old = await desk.waits({}, {}, 50);
    const child = await desk.waits({ dateOfBirth: born('2019', 'year') }, {}, 2);
    const police = await desk.waits({ source: 'niche' }, {}, 1);
    const older = await desk.waits({}, {}, 60);
    const listed = await desk.queued();
    const places = [police, child, older, old].map(({ path }) => listed.indexOf(path));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    const got = await desk.read('/matches');
    expect(textOf(got.text)).toMatch(/Police: Niche and School: Synergy|School: Synergy and Police: Niche/);
    expect(got.text).not.toContain(old.family);
    expect(await desk.app.auditOf(got)).toMatchObject([{ action: 'listed-matches', outcome: 'done', reader: GRACE, person: null }]);
    expect(await desk.queued(GRACE, '?source=niche')).toEqual([police.path]);
  });

  it('stays as it was chosen, from pair to pair', async () => {
    const { path } = await desk.waits({ source: 'niche' });
    const [chosen, inHtml] = ['?source=niche&harm=careful', '?source=niche&amp;harm=careful'];
    expect((await desk.read(`/matches${chosen}`)).text).toContain(`href="${path}${inHtml}"`);
    for (const got of [await desk.read(path + chosen), await desk.send(path + chosen, SAME)]) {
      expect(got.text).toContain(`href="/matches${inHtml}"`);
      expect(got.text).toContain(`action="${path}${inHtml}"`);
    }
    const answered = await desk.decide(path + chosen, SAME);
    expect([answered.status, answered.headers.get('location')]).toEqual([303, path + chosen]);
    expect((await desk.read(path + chosen)).text).toContain(`href="/matches${inHtml}">Go on with the next records</a>`);
    expect((await desk.read(`${path}?harm=nobody&source=<b>`)).text).toContain('href="/matches">Go on with the next records</a>');
  });

  it('has nobody who is restricted, or may be, and nobody the steward knows; nor is there a page of them', async () => {
    const [mine, byHand, bySource, mate] = [
      await desk.waits(),
      await desk.waits(),
      await desk.waits({ restriction: 'restricted' }),
      await desk.waits(),
    ];
    await desk.app.people.restrictByHand(byHand.records[1].subject);
    await desk.app.people.record({ person: mate.records[0].person, restriction: 'restricted' });
    await desk.app.people.pool.query('INSERT INTO decided.declaration (declaration, reader, subject) VALUES (gen_random_uuid(), $1, $2)', [
      GRACE,
      mine.records[0].subject,
    ]);
    const listed = await desk.queued();
    for (const { path } of [mine, byHand, bySource, mate]) {
      expect(listed).not.toContain(path);
      expect(await desk.besideNobody(path)).toEqual([404, true]);
      expect((await desk.decide(path, SAME)).status).toBe(404);
    }
    expect(await desk.queued(TOM)).toContain(mine.path);
    expect((await desk.app.auditOf(await desk.read(byHand.path)))[0]).toMatchObject({
      action: 'reviewed-match',
      outcome: 'nothing-found',
      person: null,
    });
  });

  it('has no pair whose record has replaced another that was ruled upon', async () => {
    const { one, other, path } = await desk.waits();
    const [before, between] = [randomUUID(), randomUUID()];
    await desk.matcher.replaced(before, between);
    await desk.matcher.replaced(between, one);
    await desk.matcher.ruled(before, other, 'none');
    expect(await desk.queued()).toContain(path);
    await desk.matcher.ruled(before, other, 'apart');
    expect(await desk.queued()).not.toContain(path);
    expect(await desk.besideNobody(path)).toEqual([404, true]);
  });

  it('and every page of it is closed to all other roles, and stewards have none about families', async () => {
    const { path, records } = await desk.waits();
    for (const reader of ['amara.okafor', 'priya.nair', 'ig.officer', 'ola.berg', 'nora.finch', 'ken.adeyemi']) {
      expect([reader, (await desk.read('/matches', reader)).status, (await desk.read(path, reader)).status]).toEqual([reader, 403, 403]);
      expect((await desk.decide(path, SAME, reader)).status).toBe(403);
    }
    for (const closed of [`/people/${records[0].person}`, '/search', '/audit', '/operations', '/problems'])
      expect([closed, (await desk.read(closed)).status]).toEqual([closed, 403]);
  });
});

describe('The page of two records', () => {
  const pageOf = async (path: string) => textOf((await desk.read(path)).text);

  it('shows both beside each other, what differs and what is missing in words, and is on record for both people', async () => {
    const { path, records, one, other } = await desk.waits(
      { addresses: [address('4 Mill Row', 'NB4 2QT', { from: '2020-01-01' })], identifiers: [{ type: 'nhs', value: '9434765919' }] },
      { dateOfBirth: born('1980', 'year'), gender: 'male' },
    );
    const got = await desk.read(path);
    const page = textOf(got.text);
    expect(page).toContain('3 Feb 1980');
    expect(page).toMatch(/1980 \(\d+ or \d+ yrs, year only\)/);
    expect(page).toContain('4 Mill Row, NB4 2QT (from 1 Jan 2020)');
    expect(page).toContain('No address to show');
    expect(page).toContain('No NHS number recorded');
    expect(page).toContain('Missing from one');
    expect(page).toContain('Different');
    const looks = await desk.app.auditOf(got);
    expect(new Set(looks.map(({ person }) => person))).toEqual(new Set(records.map(({ person }) => person)));
    expect(looks[0]).toMatchObject({ action: 'reviewed-match', outcome: 'done', shown: { one, other } });
    expect(looks.flatMap(({ subjects }) => subjects).sort()).toEqual([one, other]);
  });

  it('keeps a confidential address from both sides, and a hidden service’s name', async () => {
    const hiding = address('9 Quiet Lane', 'NB9 9ZZ', { confidential: true });
    const { path } = await desk.waits({ addresses: [hiding] }, { addresses: [address('9 Quiet Lane', 'NB9 9ZZ')] });
    expect((await desk.read(path)).text).not.toMatch(/Quiet Lane|NB9/);
    const child = await desk.waits({ dateOfBirth: born('2015-02-03') }, { source: 'niche', dateOfBirth: born('2015-02-03') });
    const page = await desk.read(child.path);
    expect(textOf(page.text)).toContain('A sensitive service');
    expect(page.text).not.toMatch(/Niche|Police/);
    expect(await desk.queued(GRACE, '?source=niche')).not.toContain(child.path);
  });

  it('warns that two of one name at one address may be two of one household, and not where no address is shared', async () => {
    const home = { addresses: [address('4 Mill Row', 'NB4 2QT')] };
    const warning = 'Perhaps two of one household: Without a full date of birth, a parent or cousin of one name would look the same.';
    const [together, elsewhere] = [await desk.waits(home, home), await desk.waits({}, { dateOfBirth: born('1980', 'year') })];
    const [warned, held] = [await pageOf(together.path), await pageOf(elsewhere.path)];
    expect([warned.includes(warning), warned.includes('Holds the matcher back')]).toEqual([true, false]);
    expect([held.includes('household'), held.includes('Holds the matcher back')]).toEqual([false, true]);
  });

  it('says what the case management system states of the two people, from the first to the second, and on record are the records it is stated of', async () => {
    const [mother, daughter] = [{ gender: 'female' }, { gender: 'female', dateOfBirth: null }] as const;
    const { path, records, one } = await desk.waits(mother, daughter);
    const [ofMother, ofDaughter] = records;
    const child = await desk.app.people.record({ person: ofDaughter.person, gender: 'female' });
    await desk.app.people.link(child.subject, ofMother.subject, 'parent');
    const said = (what: string) => `Mosaic says what the person of the first record is to the person of the second: ${what}.`;
    const got = await desk.read(path);
    expect(textOf(got.text)).toContain(said(ofMother.subject === one ? 'mother' : 'child'));
    const looks = await desk.app.auditOf(got);
    expect(looks.find(({ person }) => person === ofDaughter.person)!.subjects.toSorted()).toEqual([ofDaughter.subject, child.subject].toSorted()); // prettier-ignore
    await desk.app.people.link(ofMother.subject, child.subject, 'child');
    expect((await pageOf(path)).match(/Mosaic says/g)).toHaveLength(1);
  });

  it('says nothing of a link that ended, that another database states, or of one of whom the case management system may not tell', async () => {
    const mosaic = { source: 'mosaic' };
    const [ended, ofSchool] = [await desk.waits({}, mosaic), await desk.waits({}, mosaic)];
    const ends = ({ records: [{ subject }, other] }: typeof ended) => [subject, other.subject] as const;
    await desk.app.people.link(...ends(ended), 'parent', { status: 'ended' });
    await desk.app.people.link(...ends(ofSchool), 'parent', { source: 'synergy' });
    const outside = await desk.waits({}, mosaic);
    const third = await desk.app.people.record();
    await desk.app.people.link(outside.records[0].subject, third.subject, 'parent');
    for (const { path } of [ended, ofSchool, outside]) expect(await pageOf(path)).not.toContain('Mosaic says');
    const linked = await desk.waits({}, mosaic);
    await desk.app.people.link(...ends(linked), 'parent');
    for (const { person } of linked.records) await desk.app.people.record({ source: 'synergy', person });
    expect(await pageOf(linked.path)).toContain('Mosaic says');
    const services = authorityOfNorthbridge().services.map((one) =>
      one.service === 'childrens-social-care' ? { ...one, display: 'hidden' } : one,
    );
    const hiding = await startQuery({ ...desk.app.env, AUTHORITY_FILE: changedAuthority({ services }) });
    try {
      const grace = await Visitor.signedIn(hiding.url, GRACE);
      const page = textOf(await grace.read(linked.path));
      expect([page.includes('What the matcher makes of them'), page.includes('says what')]).toEqual([true, false]);
    } finally {
      await hiding.stop();
    }
  });

  it('says what to correct, asks once more before anything is decided, and leads back to what was typed', async () => {
    const { path, ...pair } = await desk.waits();
    const wrong = await desk.send(path, { answer: 'same', reason: 'twins-or-siblings' });
    expect([wrong.status, textOf(wrong.text).includes('Select a reason that goes with your answer')]).toEqual([400, true]);
    const check = await desk.send(path, { ...SAME, words: 'Same handwriting' });
    expect([check.status, textOf(check.text).includes('Check your answer')]).toEqual([200, true]);
    expect(await desk.askedOf(pair)).toEqual([]);
    const back = await desk.send(path, { ...SAME, words: 'Same handwriting', step: 'change' });
    expect([back.status, back.text.includes('Same handwriting')]).toEqual([200, true]);
    expect(await desk.queued()).toContain(path);
  });
});

it('The queue is turned over by pages', async () => {
  for (let at = 0; at < 21; at += 1) await desk.waits({ source: 'cis' });
  const [first, second] = [await desk.queued(WEN, '?source=cis'), await desk.queued(WEN, '?source=cis&page=2')];
  const linksOn = async (page: number) =>
    (await desk.read(`/matches?source=cis&page=${page}`, WEN)).text.match(/\/matches\/[^"/]+\/[^"]+">\d+\. /g);
  const numbers = [...(await linksOn(1))!, ...(await linksOn(2))!].map((link) => /\d+(?=\. $)/.exec(link)![0]);
  expect(numbers).toEqual(Array.from({ length: 21 }, (_, at) => String(at + 1)));
  expect([first.length, second.length, first.filter((path) => second.includes(path))]).toEqual([20, 1, []]);
  expect(await desk.queued(WEN, '?source=cis&page=nine')).toEqual(first);
});

it('The user of the stewards can read no record’s details, and change nothing', async () => {
  const client = new Client({ connectionString: desk.matcher.stewardsUrl });
  await client.connect();
  try {
    for (const statement of [
      'SELECT sealed FROM matcher.details',
      'DELETE FROM matcher.rule',
      "UPDATE matcher.pair SET zone = 'join'",
      "INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role, decision) VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'none', 'x', 'x', 1)",
    ])
      await expect(client.query(statement)).rejects.toThrow('permission denied');
  } finally {
    await client.end();
  }
});

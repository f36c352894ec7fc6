import { randomUUID } from 'node:crypto';
import { type AuditRow, redactEntry } from '#lib/audit';
import { AuditDesk, MANAGER, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import type { Got, QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name } from '../../../../test/support/stored-people.js';
import { withoutAudit } from '../../../../test/support/without-audit.js';

let desk: AuditDesk;
let app: QueryApp;
beforeAll(async () => {
  desk = await AuditDesk.open();
  ({ app } = desk);
});
afterAll(() => desk?.close());

const SERVICE = 'childrens-social-care';

/** Two of one name, each known to one source; a child the first is linked to. */
async function twoAlike() {
  const family = madeUpName();
  const one = await app.people.record({ names: [name(family, 'Tom')], dateOfBirth: born('2014-05-12') });
  const other = await app.people.record({ names: [name(family, 'Tommy')], dateOfBirth: born('2014-05-21'), source: 'synergy' });
  const child = await app.people.record({ dateOfBirth: born('2016-01-02') });
  await app.people.link(child.subject, one.subject, 'sibling');
  await app.people.involvement(one.subject);
  await app.people.involvement(other.subject, { source: 'synergy', service: 'school' });
  return {
    family,
    one,
    other,
    child,
    join: async () => {
      await app.people.assign(other.subject, one.person);
      await app.people.redirect(other.person, one.person);
    },
    split: async () => {
      await app.people.assign(other.subject, other.person);
      await app.people.keepApart(one.subject, other.subject);
    },
    path: `/audit/people/${one.person}/exposure/${other.person}`,
  };
}

/** Looks at the page of everything there is about somebody. */
const pagesOf = (person: string) => [`/people/${person}`, `/people/${person}/contacts`, `/v1/people/${person}/services/school`];

/** The entries of a request that are about this person, by the actions the test knows it to leave. */
async function left(got: Got, person: string, ...actions: string[]): Promise<AuditRow[]> {
  const about = (await app.auditOf(got)).filter((entry) => entry.person === person);
  expect(about.map(({ action }) => action)).toEqual(actions);
  return about;
}

async function reported(path: string): Promise<{ ids: string[]; text: string; got: Got }> {
  const file = await app.get(`${path}/csv`, OFFICER);
  // Nobody checks the log of this test, which a line of its own says.
  const [head, , ...lines] = file.text.trimEnd().split('\r\n');
  const column = head!.split(',').indexOf('Entry');
  const got = await app.get(path, OFFICER);
  return { ids: lines.map((line) => line.split(',').at(column - head!.split(',').length)!), text: textOf(got.text), got };
}

describe('After a wrong join is undone, the exposure report', () => {
  it('holds exactly the looks that showed one person’s facts under the other, by every reader and every page', async () => {
    const two = await twoAlike();
    const { one, other, child, family } = two;
    for (const path of [...pagesOf(one.person), ...pagesOf(other.person), `/people/${child.person}/family`]) await app.get(path);
    await app.search({ familyName: family });
    await two.join();

    const amara = await app.get(`/people/${one.person}?print=yes`);
    const priya = await app.get(`/v1/people/${one.person}`, MANAGER);
    const panel = await app.get(`/people/${one.person}/panels/school`, MANAGER);
    const empty = await app.get(`/v1/people/${one.person}/services/early-help`);
    const grid = await app.get(`/people/${child.person}/family`);
    const contacts = await app.get(`/v1/people/${child.person}/contacts`, MANAGER);
    const addresses = await app.get(`/people/${one.person}/addresses`);
    const links = await app.get(`/v1/people/${child.person}/relationships`);
    const results = await app.search({ familyName: family });
    // What shows nothing of either: nobody found, the right refused, a former address that only leads on, a reason given.
    await app.search({ familyName: madeUpName() });
    expect((await app.getUnasked(`/v1/people/${one.person}`, OFFICER)).status).toBe(403);
    expect((await app.get(`/people/${other.person}`)).status).toBe(303);
    await app.giveReason(one.person, MANAGER);
    const known = [
      ...(await left(amara, one.person, 'viewed-person', 'viewed-relationships', 'printed')),
      ...(await left(priya, one.person, 'viewed-person', 'viewed-relationships')),
      ...(await left(panel, one.person, 'opened-panel')),
      ...(await left(empty, one.person, 'opened-panel')),
      ...(await left(grid, one.person, 'viewed-person')),
      ...(await left(contacts, one.person, 'viewed-contacts')),
      ...(await left(addresses, one.person, 'viewed-person')),
      ...(await left(links, one.person, 'viewed-relationships')),
      ...(await left(results, one.person, 'shown-in-results')),
    ];
    await two.split();
    for (const path of [...pagesOf(one.person), ...pagesOf(other.person), `/people/${child.person}/family`]) await app.get(path);
    await app.search({ familyName: family }, MANAGER);

    const shown = { one: other.subject, other: one.subject, answer: 'different', because: 'details-differ' };
    await desk.recorded({ action: 'decided-match', reader: 'grace.holt', person: one.person, subjects: [one.subject], shown });

    const { ids, text, got } = await reported(two.path);
    expect(ids.toSorted()).toEqual(known.map(({ id }) => id).toSorted());
    const byPriya = known.filter(({ reader }) => reader === MANAGER);
    expect(text).toContain(`Shown as one ${known.length} looks in 9 answers, to 2 readers Printed, exported Printed: 1; exported: 0`);
    expect(text).toMatch(new RegExp(`priya\\.nair Role and team then Team manager, Assessment East Looks ${byPriya.length} in 3 answers`));
    expect(text).toMatch(
      /Apart in between No look on record By hand Records of theirs were kept apart by decision \d+: grace\.holt on [^:]*:\d\d: Their details differ/,
    );
    expect(text).not.toMatch(/No look on record yet/);
    expect(text.toUpperCase()).not.toContain(family.toUpperCase());
    expect((await app.auditOf(got)).at(-2)).toMatchObject({ action: 'read-audit', person: one.person, shown: { other: other.person } });
    expect(
      (await reported(two.path.split('/').toSpliced(3, 1, other.person).toSpliced(5, 1, one.person).join('/'))).ids.toSorted(),
    ).toEqual(ids.toSorted());
  });

  it('is reached from either of the two, by an id given up, or by the records of a ruling', async () => {
    const two = await twoAlike();
    const retired = randomUUID();
    await app.people.redirect(retired, two.one.person);
    await two.join();
    await app.get(`/people/${two.one.person}`);
    await two.split();
    for (const [from, to] of [
      [two.one.person, two.other.person],
      [two.other.person, two.one.person],
      [retired, two.other.person],
      [two.one.subject, two.other.person],
    ]) {
      const got = await app.get(`/audit/people/${from}/exposure`, OFFICER);
      expect([from, got.text.includes(`/exposure/${to}"`)]).toEqual([from, true]);
      expect([from, (await reported(`/audit/people/${from}/exposure/${to}`)).ids.length]).toEqual([from, 2]);
    }
    expect((await app.get(`/audit/people/${two.one.person}`, OFFICER)).text).toContain(`/audit/people/${two.one.person}/exposure"`);
    const nobody = textOf((await app.get(`/audit/people/${randomUUID()}/exposure`, OFFICER)).text);
    expect(nobody).toContain('No record is this person’s now');
  });

  it('says so while the two are one, and of two of whom no look showed anything together', async () => {
    const two = await twoAlike();
    const never = await reported(two.path);
    expect([never.ids, never.text.includes('No look on record was made of records of both')]).toEqual([[], true]);
    await two.join();
    await app.get(`/people/${two.one.person}`);
    expect((await reported(two.path)).text).toContain('These are one person now.');
  });

  it('tells of a join, a split and another join between them that they were not one throughout', async () => {
    const two = await twoAlike();
    await two.join();
    await app.get(`/people/${two.one.person}`);
    await two.split();
    await app.get(`/people/${two.other.person}`);
    await two.join();
    await app.get(`/people/${two.one.person}`);
    await two.split();
    const { text, ids } = await reported(two.path);
    expect(ids).toHaveLength(4);
    expect(text).toContain('Apart in between 1 look: they were not one throughout');
    expect(text).toContain('First apart after it No look on record yet');
  });

  it('names whoever else was shown with them, and counts records that are nobody’s any more', async () => {
    const two = await twoAlike();
    const third = await app.people.record({ source: 'niche' });
    const [forgotten, after] = [randomUUID(), randomUUID()];
    await desk.recorded({ person: two.one.person, subjects: [two.one.subject, two.other.subject, third.subject, forgotten] });
    await desk.recorded({ person: after, subjects: [two.one.subject, third.subject] });
    const { text, got } = await reported(two.path);
    expect(got.text).toContain(`/audit/people/${two.one.person}/exposure/${third.person}"`);
    expect(text).toContain('1 record shown with theirs is nobody’s now: erased, or not matched yet.');
    expect((await reported(`/audit/people/${third.person}/exposure/${two.one.person}`)).ids).toHaveLength(2);
  });

  it('still holds what was shown of a record that was erased since, where its person is known', async () => {
    const two = await twoAlike();
    await two.join();
    await app.get(`/people/${two.one.person}`);
    await two.split();
    await app.people.pool.query(`DELETE FROM ${app.people.schema}.record WHERE subject = $1`, [two.other.subject]);
    expect((await reported(two.path)).ids).toHaveLength(2);
  });

  it('lists looks of which it was taken out what they showed, and looks that never said, as what may belong there', async () => {
    const two = await twoAlike();
    await two.join();
    const [redacted, kept] = [await app.get(`/people/${two.one.person}`), await app.get(`/people/${two.one.person}/addresses`)];
    const [entry] = await left(redacted, two.one.person, 'viewed-person', 'viewed-relationships');
    await two.split();
    expect((await reported(two.path)).text).toContain('Every look on record at either of them says of which records it was made');
    await redactEntry(app.env.AUDIT_URL!, { id: entry!.id, fields: ['subjects', 'person'] });
    await desk.recorded({ person: two.other.person, reader: 'long.ago' });
    const { ids, text } = await reported(two.path);
    expect(ids).not.toContain(entry!.id);
    expect(ids).toContain((await left(kept, two.one.person, 'viewed-person'))[0]!.id);
    expect(text).toContain('2 looks do not say of which records they were made');
    expect(text).toMatch(/Looks that do not say of which records they were made, newest first.*long\.ago/);
  });

  it('sets apart what was done upon them as one', async () => {
    const two = await twoAlike();
    await two.join();
    const headers = { ...(await app.as('amara.okafor')), 'content-type': 'application/json' };
    await app.giveReason(two.one.person);
    const sent = await app.send(`/v1/people/${two.one.person}/services/${SERVICE}/problems`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ category: 'should-not-be-shown' }),
    });
    expect(sent.status).toBe(201);
    await two.split();
    const { ids, text } = await reported(two.path);
    expect(ids).toEqual([]);
    expect(text).toMatch(/Acts upon records of both, newest first.*Reported a problem with a record/);
  });

  it('goes page by page, in the table whole', async () => {
    const two = await twoAlike();
    const subjects = [two.one.subject, two.other.subject];
    for (let at = 0; at < 53; at += 1) await desk.recorded({ person: two.one.person, subjects, at: 1_700_000_000_000 + at });
    const { ids, got } = await reported(two.path);
    expect(ids).toHaveLength(53);
    const listed = ({ text }: Got) => text.slice(0, text.indexOf('What is not in it')).match(/\/audit\/entries\//g);
    expect(listed(got)).toHaveLength(50);
    const older = /href="([^"]*after=[^"]*)"/.exec(got.text)![1]!;
    expect(listed(await app.get(older, OFFICER))).toHaveLength(3);
  });

  it('is for those who may read everybody’s looks alone, and not a byte of it leaves without a record', async () => {
    const two = await twoAlike();
    await desk.recorded({ person: two.one.person, reader: 'seen.it', subjects: [two.one.subject, two.other.subject] });
    const paths = [`/audit/people/${two.one.person}/exposure`, two.path, `${two.path}/csv`];
    for (const reader of [MANAGER, 'amara.okafor', 'ola.berg'])
      for (const path of paths) expect([path, reader, (await app.get(path, reader)).status]).toEqual([path, reader, 403]);
    for (const path of [`${two.path}x`, '/audit/people/somebody/exposure']) expect((await app.get(path, OFFICER)).status).toBe(404);
    await withoutAudit(app.env.AUDIT_URL!, async () => {
      for (const path of paths) {
        const got = await app.get(path, OFFICER);
        expect([path, got.status, got.text.includes('seen.it')]).toEqual([path, 503, false]);
      }
    });
  });
});

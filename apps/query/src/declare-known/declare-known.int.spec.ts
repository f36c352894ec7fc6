import { randomInt, randomUUID } from 'node:crypto';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { apiPathsOf, pagePathsOf } from '../../../../test/support/said-of-person.js';
import { address, born, madeUpName, name } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const PRIYA = {
  name: 'Priya Quill',
  role: null,
  phone: '01632 960 118',
  email: null,
  outOfHoursPhone: null,
  outOfHoursName: null,
  readerId: null,
};
const declare = async (person: string, reader = 'amara.okafor') =>
  app.send(`/people/${person}/known`, { method: 'POST', headers: await app.as(reader) });
const opens = async (person: string, reader = 'amara.okafor') => (await app.get(`/v1/people/${person}`, reader)).status;
const onCaseload = async () => {
  const child = await app.people.record();
  await app.people.onCaseloadOf('amara.okafor', child.subject);
  return child;
};

describe('“I know this person”', () => {
  it('closes the record to this reader alone, whatever reason they give, and says why and whom to ask', async () => {
    const { person } = await onCaseload();
    const amara = await Visitor.signedIn(app.url, 'amara.okafor');
    expect(await amara.read(`/people/${person}`)).toContain(`href="/people/${person}/known"`);
    const form = await amara.read(`/people/${person}/known`);
    expect(textOf(form)).toContain('their record is closed to you from now on');
    expect(form).toContain(`about the person <a class="govuk-link" href="/people/${person}">whose page you came from</a>`);
    const said = textOf(await amara.submit(`/people/${person}/known`, {}));
    expect(said).toContain('It is on record that you know this person');
    expect(said).toContain('Ask, day and night: the Front Door');
    const closed = textOf(await amara.read(`/people/${person}`));
    expect(closed).toContain('You have said that you know this person');
    for (const path of [`/people/${person}`, `/people/${person}/services/school`]) expect((await app.get(path)).status).toBe(403);
    const got = await app.get(`/v1/people/${person}/relationships`);
    expect([got.status, got.body.type]).toEqual([403, 'urn:involvement-index:problem:knows-this-person']);
    expect(await app.auditOf(got)).toMatchObject([{ outcome: 'denied', shown: { why: 'knows-this-person' } }]);
    expect(await opens(person, 'dan.whittle')).toBe(200);
  });

  it('is confirmed on a page of its own: nothing there is of them, nobody tries to open them, and nobody else may read it', async () => {
    const child = await app.people.record({ names: [name('Quellmore', 'Sofia')] });
    const declared = await declare(child.person);
    const said = declared.headers.get('location')!;
    expect(said).toMatch(/^\/known\/[0-9a-f-]{36}$/);
    for (const visit of ['first', 'loaded again']) {
      const got = await app.getUnasked(said);
      expect([visit, got.status, await app.auditOf(got)]).toEqual([visit, 200, []]);
      expect(got.text).not.toMatch(new RegExp(`Quellmore|Sofia|${child.person}|${child.recordId}`, 'i'));
    }
    expect((await app.getUnasked(said, 'dan.whittle')).text).toBe((await app.getUnasked(`/known/${randomUUID()}`, 'dan.whittle')).text);
    for (const path of [`/known/${randomUUID()}`, '/known/nothing']) expect((await app.getUnasked(path)).status).toBe(404);
  });

  it('closes them on the pages of their family too: who they are is shown, and nothing that a service knows', async () => {
    const child = await onCaseload();
    const mother = await app.people.record();
    await app.people.link(child.subject, mother.subject, 'parent');
    await app.people.involvement(mother.subject, { practitioner: PRIYA });
    const seen = async () => {
      const family = (await app.get(`/v1/people/${child.person}/family`)).body.result;
      const states = family.members.find(({ person }) => person === mother.person)!.states;
      return [new Set(states.map(({ state }) => state.words)), (await app.get(`/v1/people/${child.person}/contacts`)).text] as const;
    };
    const [before, ringing] = await seen();
    expect([before.has('Involved now'), ringing.includes('Priya Quill')]).toEqual([true, true]);
    await declare(mother.person);
    const [after, ringingAfter] = await seen();
    expect([...after].filter((words) => !/no agreement|ring /.test(words))).toEqual([
      'Not checked: you have said that you know this person',
    ]);
    expect(ringingAfter).not.toContain('Priya Quill');
    expect(ringingAfter).toContain('you have said that you know this person');
  });

  it('shows in lists who they are, and not where they live or which case they have', async () => {
    const home = [address(`4 ${madeUpName()} Row`, 'NB4 2QT')];
    const child = await app.people.record({ addresses: home });
    const mother = await app.people.record({ addresses: home, names: [name(madeUpName(), madeUpName())] });
    await app.people.link(child.subject, mother.subject, 'parent');
    await app.people.onCaseloadOf('dan.whittle', child.subject);
    await app.people.onCaseloadOf('dan.whittle', mother.subject);
    const seen = async () => {
      const family = (await app.get(`/v1/people/${child.person}/family`, 'dan.whittle')).body.result;
      const title = family.members.find(({ person }) => person === mother.person)!.title;
      const listed = textOf((await app.get('/caseload', 'dan.whittle')).text).split(title)[1]!;
      return { listed: /Address (.*?) Case ID (.{20})/.exec(listed)!, there: family.recordedAt!.people.map(({ person }) => person) };
    };
    const before = await seen();
    expect(before.listed[0]).toMatch(new RegExp(`Row, NB4 2QT Case ID Mosaic ${mother.recordId}`));
    expect(before.there).toContain(mother.person);
    await declare(mother.person, 'dan.whittle');
    const { listed, there } = await seen();
    expect(listed[1]).toBe('Not shown: you have said that you know this person');
    expect(listed[2]).toBe('Not shown: you have ');
    expect(there).toEqual([child.person]);
  });

  it('names them in results as a possible duplicate, and leads there only while they are open', async () => {
    const who = { names: [name(madeUpName(), 'Sofia')], dateOfBirth: born('2017-06-23') };
    const one = await app.people.record(who);
    await app.people.record({ ...who, source: 'synergy' });
    const found = async () => {
      const { people } = (await app.search({ familyName: who.names[0]!.family! }, 'dan.whittle')).body.result;
      return people.map(({ possibleDuplicateOf: [other] }) => [
        other!.person !== null,
        /^[^,]*, Sofia, born 23 Jun 2017 \(/.test(other!.words),
      ]);
    };
    expect(await found()).toEqual([[true, true], [true, true]]); // prettier-ignore
    await declare(one.person, 'dan.whittle');
    expect(await found()).toEqual([[false, true], [false, true]]); // prettier-ignore
  });

  it('is on record before it is kept, and asks for no reason: it can be said before anything is opened', async () => {
    const child = await onCaseload();
    const got = await declare(child.person);
    expect([got.status, await app.auditOf(got)]).toMatchObject([
      303,
      [{ action: 'declared-known', outcome: 'done', person: child.person, subjects: [child.subject] }],
    ]);
    const { person } = await app.people.record();
    const amara = await Visitor.signedIn(app.url, 'amara.okafor');
    expect(await amara.read(`/people/${person}`)).toContain(`href="/people/${person}/known"`);
    expect(textOf(await amara.submit(`/people/${person}/known`, {}))).toContain('It is on record that you know this person');
    expect(await opens(person)).toBe(403);
    const officer = await declare((await onCaseload()).person, 'ig.officer');
    expect([officer.status, await app.auditOf(officer)]).toMatchObject([403, [{ action: 'declared-known', outcome: 'denied' }]]);
  });

  it('stays with the records: a re-feed, a merge and a split change nothing', async () => {
    const { person, subject, recordId } = await onCaseload();
    await declare(person);
    await app.people.record({ subject, person, recordId });
    expect(await opens(person)).toBe(403);
    const other = await app.people.record();
    await app.people.assign(subject, other.person);
    expect(await opens(other.person)).toBe(403);
    const apart = randomUUID();
    await app.people.assign(subject, apart);
    expect([await opens(apart), await opens(other.person)]).toEqual([403, 200]);
  });

  it.each<[string, (child: { who: object; recordId: string; identifiers: object[] }) => object]>([
    ['with the same name and date of birth', ({ who }) => who],
    ['with the same NHS number', ({ identifiers }) => ({ identifiers })],
    ['with their case ID', ({ recordId }) => ({ identifiers: [{ type: 'cms', value: recordId }] })],
  ])('closes a record that may be the same person’s, although nobody has matched it yet: %s', async (_, like) => {
    const who = { names: [name(madeUpName(), 'Sofia')], dateOfBirth: born('2017-06-20') };
    const identifiers = [{ type: 'nhs' as const, value: `999${randomInt(1_000_000, 9_999_999)}` }];
    const child = await app.people.record({ ...who, identifiers });
    const school = await app.people.record({
      source: 'synergy',
      dateOfBirth: born('2016-01-09'),
      ...like({ who, recordId: child.recordId, identifiers }),
    });
    const mother = await app.people.record();
    await app.people.link(mother.subject, school.subject, 'child');
    await app.people.involvement(school.subject, { service: 'school', source: 'synergy', practitioner: PRIYA });
    for (const { subject } of [school, mother]) await app.people.onCaseloadOf('dan.whittle', subject);
    expect([await opens(school.person, 'dan.whittle'), await opens(mother.person, 'dan.whittle')]).toEqual([200, 200]);
    await declare(child.person, 'dan.whittle');
    for (const path of [...apiPathsOf(school.person), ...pagePathsOf(school.person)]) {
      const got = await app.get(path, 'dan.whittle');
      expect([path, got.status]).toEqual([path, 403]);
      expect(await app.auditOf(got)).toMatchObject([{ outcome: 'denied', shown: { why: 'knows-this-person' } }]);
    }
    for (const rest of ['family', 'contacts']) {
      const { text } = await app.get(`/v1/people/${mother.person}/${rest}`, 'dan.whittle');
      expect(text).toContain('you have said that you know this person');
      expect(text).not.toContain('Priya Quill');
    }
    expect(await opens(school.person)).toBe(200);
  });

  it('closes nobody who is somebody else: another day of birth, another name, or another right NHS number', async () => {
    const who = { names: [name(madeUpName(), 'Sofia')], dateOfBirth: born('2017-06-21') };
    await declare((await app.people.record({ ...who, identifiers: [{ type: 'nhs', value: '9990000026' }] })).person, 'dan.whittle');
    for (const other of [
      { ...who, dateOfBirth: born('2017-06-22') },
      { ...who, names: [name(madeUpName(), 'Sofia')] },
      { ...who, identifiers: [{ type: 'nhs' as const, value: '9434765919' }] },
    ])
      expect(await opens((await app.people.record(other)).person, 'dan.whittle')).toBe(200);
  });

  it('says nothing of somebody restricted afterwards: they look like somebody who is not there', async () => {
    const { person, subject, recordId } = await onCaseload();
    await declare(person);
    await app.people.record({ subject, person, recordId, restriction: 'restricted' });
    const nobody = randomUUID();
    const [known, absent] = [await app.get(`/v1/people/${person}`), await app.get(`/v1/people/${nobody}`)];
    expect([known.status, known.text]).toEqual([404, absent.text]);
    expect((await declare(person)).status).toBe((await declare(nobody)).status);
  });
});

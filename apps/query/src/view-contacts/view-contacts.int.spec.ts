import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born, madeUpName, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const NOBODY = { name: null, role: null, phone: null, email: null, outOfHoursPhone: null, outOfHoursName: null, readerId: null };
const priya = { ...NOBODY, name: 'Priya Nair', role: 'social worker', phone: '01632 960 118', email: 'priya.nair@northbridge.example' };
async function family() {
  const surname = madeUpName();
  const child = await people.record({ names: [name(surname, 'Tommy')], dateOfBirth: born('2015-05-12') });
  const sister = await people.record({ names: [name(surname, 'Ella')], dateOfBirth: born('2016-05-12') });
  const mother = await people.record({ names: [name(surname, 'Kate')], dateOfBirth: born('1992-02-03') });
  await people.link(child.subject, mother.subject, 'parent');
  await people.link(child.subject, sister.subject, 'sibling');
  return { child, sister, mother };
}
const contactsOf = async (person: string) => (await app.get(`/v1/people/${person}/contacts`)).body.result;

describe('The contacts around a family', () => {
  it('have one row for each practitioner, whomever of the family they are about', async () => {
    const { child, sister, mother } = await family();
    for (const { subject } of [child, sister]) await people.involvement(subject, { practitioner: priya, teamPhone: '01632 960 110' });
    await people.involvement(mother.subject, {
      source: 'cis',
      service: 'adult-social-care',
      team: 'Adult Team West',
      teamPhone: '01632 960 142',
    });
    const { rows, emails } = await contactsOf(child.person);
    expect(rows).toMatchObject([
      {
        database: 'Mosaic',
        stateWords: 'Involved now',
        contact: { name: 'Priya Nair' },
        about: [{ person: child.person }, { person: sister.person }],
      },
      { database: 'CIS', contact: { name: null, team: 'Adult Team West', teamPhone: '01632 960 142' }, about: [{ person: mother.person }] },
    ]);
    expect(emails).toEqual(['priya.nair@northbridge.example']);
    const html = (await app.get(`/people/${child.person}/contacts`)).text;
    expect(textOf(html)).toContain('No worker is named. Ring the team: Adult Team West');
    expect(html).toMatch(/<textarea[^>]*readonly[^>]*>priya.nair@northbridge.example<\/textarea>/);
  });

  it('have whoever was involved before last, and not among those to invite', async () => {
    const { child } = await family();
    await people.involvement(child.subject, {
      source: 'cluster-lists',
      service: 'early-help',
      status: 'closed',
      closedOn: '2025-03-14',
      practitioner: priya,
    });
    await people.involvement(child.subject, {
      source: 'synergy',
      service: 'school',
      practitioner: { ...priya, name: 'Sam Reid', email: 'sam@school.example' },
    });
    const { rows, emails } = await contactsOf(child.person);
    expect(rows.map(({ stateWords, contact }) => [stateWords, contact.name])).toEqual([
      ['Involved now', 'Sam Reid'],
      ['Involved before', 'Priya Nair'],
    ]);
    expect(emails).toEqual(['sam@school.example']);
  });

  it('have one row for each practitioner however many involvements they have, in the most current of their states', async () => {
    const { child, sister } = await family();
    const ended = { status: 'closed' as const, closedOn: '2025-03-14', practitioner: priya, organisation: 'Northbridge East' };
    await people.involvement(child.subject, ended);
    await people.involvement(sister.subject, ended);
    await people.involvement(sister.subject, { practitioner: priya, organisation: 'Northbridge West' });
    await people.involvement(sister.subject, { ...ended, source: 'cluster-lists', service: 'early-help' });
    const { rows, emails } = await contactsOf(child.person);
    expect(
      rows.map(({ database, kind, organisation, about }) => [database, kind, organisation, about.map((whom) => whom.stateWords)]),
    ).toEqual([
      ['Mosaic', 'involved-now', 'Northbridge West', ['Involved now', 'Involved before']],
      ['Cluster lists', 'involved-before', 'Northbridge East', ['Involved before']],
    ]);
    expect(rows[0]!.about.map(({ person }) => person)).toEqual([sister.person, child.person]);
    expect(emails).toEqual(['priya.nair@northbridge.example']);
    const [, first] = (await app.get(`/people/${child.person}/contacts`)).text.match(/<tbody[^]*?<tr([^]*?)<\/tr>/)!;
    expect(textOf(first!)).toMatch(/Mosaic.*Involved now.*Priya Nair.*, Ella Involved now [^;]*, Tommy Involved before$/);
  });

  it('say whom to ring out of hours, of every practitioner or team: where none of its own is known, the desk of its source', async () => {
    const { child, sister } = await family();
    const sam = { ...priya, name: 'Sam Reid', outOfHoursName: 'the school office', outOfHoursPhone: '01632 960 199' };
    await people.involvement(child.subject, { source: 'synergy', service: 'school', practitioner: sam });
    await people.involvement(child.subject, { source: 'cluster-lists', service: 'early-help', team: 'East', teamPhone: '01632 960 131' });
    await people.involvement(sister.subject, { source: 'childview', service: 'youth-offending' });
    const text = textOf((await app.get(`/people/${child.person}/contacts`)).text);
    expect(text).toMatch(/Sam Reid.*Out of hours: the school office, 01632 960 199/);
    expect(text).toMatch(/Ring the team: East .* Team: 01632 960 131 Out of hours: the Early Help hub, 01632 960 101/);
    expect(text).toMatch(/The Youth Justice desk: 01632 960 141 , out of hours 01632 960 101/);
  });

  it('keep teams apart that only their organisation tells from each other', async () => {
    const { child } = await family();
    for (const organisation of ['Mill Lane Surgery', 'Oak Surgery'])
      await people.involvement(child.subject, { source: 'cluster-lists', service: 'early-help', organisation });
    const { rows } = await contactsOf(child.person);
    expect([rows.length, new Set(rows.map((row) => row.organisation))]).toEqual([2, new Set(['Mill Lane Surgery', 'Oak Surgery'])]);
  });

  it('never have the police among those recorded as involved now, as they hold records and say nothing current', async () => {
    const { child, mother } = await family();
    const officer = { ...priya, name: 'Dan Frost', email: 'dan.frost@police.example' };
    const police = { source: 'niche', service: 'police' as const, practitioner: officer, openedOn: '2021-05-01' };
    await people.involvement(mother.subject, police);
    await people.involvement(mother.subject, { ...police, status: 'closed', closedOn: '2025-03-14' });
    await people.involvement(child.subject, { practitioner: priya });
    const result = await contactsOf(child.person);
    expect(result.rows.map(({ kind, stateWords, contact }) => [kind, stateWords, contact.name])).toEqual([
      ['involved-now', 'Involved now', 'Priya Nair'],
      ['records-held', 'Records held', 'Dan Frost'],
    ]);
    expect([result.emails, result.emailsOfRecordsHeld]).toEqual([[priya.email], [officer.email]]);
    const { text } = await app.get(`/people/${child.person}/contacts`);
    expect(/<textarea[^>]*id="emails"[^>]*>([^<]*)</.exec(text)![1]).toBe(priya.email);
    expect(/<textarea[^>]*id="emails-of-records-held"[^>]*>([^<]*)</.exec(text)![1]).toBe(officer.email);
    expect(textOf(text)).toContain('E-mail addresses at services that hold records, and do not say whether they are involved now');
  });

  it('have for an invitation what is an address alone, each once however it is written, and say that others would not be reached', async () => {
    const { child } = await family();
    const emails = ['Sue.Reid@school.example', 'sue.reid@school.example', 'ask reception', 'one@a.example; two@a.example', null];
    for (const [at, email] of emails.entries())
      await people.involvement(child.subject, { practitioner: { ...priya, name: `W ${at}`, email } });
    const result = await contactsOf(child.person);
    expect([result.emails.map((email) => email.toLowerCase()), result.withoutEmail]).toEqual([['sue.reid@school.example'], 3]);
    const page = textOf((await app.get(`/people/${child.person}/contacts`)).text);
    expect(page).toContain('Not everybody: of 3 rows above no e-mail address is held, so ring them.');
    expect(page).toContain('ask reception');
  });

  it('do not say "now" of a source that is late', async () => {
    const { child } = await family();
    await people.involvement(child.subject, { practitioner: priya });
    await people.involvement(child.subject, { status: 'closed', closedOn: '2025-03-14', practitioner: { ...priya, name: 'Sam Reid' } });
    await people.checked('mosaic', 'childrens-social-care', { at: Date.parse('2026-11-19T12:00:00Z') });
    const { rows } = await contactsOf(child.person);
    const page = textOf((await app.get(`/people/${child.person}/contacts`)).text);
    const panel = (await app.get(`/v1/people/${child.person}/services/childrens-social-care`)).body.result;
    await people.checked('mosaic', 'childrens-social-care');
    const late = /^Involved when last checked, 19 Nov 2026; expected every /;
    expect(rows.map(({ kind, stateWords }) => [kind, stateWords])).toEqual([
      ['involved-now', expect.stringMatching(late)],
      ['involved-before', expect.stringMatching(/^Involved before, when last checked, 19 Nov 2026; expected every /)],
    ]);
    expect(page).not.toContain('Involved now');
    expect(panel.involvements[0]).toMatchObject({ stateWords: expect.stringMatching(late) });
  });

  it('name the school or the desk of the source where no number of a worker or a team is held', async () => {
    const { child } = await family();
    const school = { schoolName: 'Mill Lane High School', admissionType: 'main' as const, contactNumber: '01632 960 125' };
    await people.involvement(child.subject, { source: 'synergy', service: 'school', details: { school } });
    await people.involvement(child.subject, { source: 'childview', service: 'youth-offending' });
    await people.involvement(child.subject, { source: 'cluster-lists', service: 'early-help' });
    const { rows } = await contactsOf(child.person);
    expect(rows.map(({ service, instead }) => [service, instead?.name])).toEqual([
      ['school', 'Mill Lane High School'],
      ['early-help', 'the Early Help hub'],
      ['youth-offending', 'the Youth Justice desk'],
    ]);
  });

  it('come from no panel that would not open: an age rule holds here too, and what was not checked is said', async () => {
    const { child } = await family();
    await people.involvement(child.subject, { source: 'niche', service: 'police', team: 'Hidden Team', practitioner: priya });
    const got = await app.get(`/people/${child.person}/contacts`);
    expect(got.text).not.toMatch(/Hidden Team|Priya/);
    expect(textOf(got.text)).toMatch(
      /No practitioner can be shown.*Not checked, so it is not known whether they are involved now:.*Police: shown from age 18/,
    );
    // Of the whole family alike: nobody is listed.
    expect(textOf(got.text)).toMatch(/Drug and alcohol: ring [^(]* \(everybody above\)/);
    expect(textOf(got.text)).toContain('A previous or neighbouring authority is not in the index');
  });

  it('say of an involvement that has ended, where a possible match is not settled, that it is not checked now', async () => {
    const { child, sister } = await family();
    const names = [name(madeUpName(), 'Robin')];
    const brother = await people.record({ names, dateOfBirth: born('2013-05-12') });
    await people.link(child.subject, brother.subject, 'sibling');
    const ended = { source: 'synergy', service: 'school' as const, status: 'closed' as const, closedOn: '2024-01-01' };
    for (const { subject } of [sister, brother]) await people.involvement(subject, ended);
    await people.record({ source: 'synergy', names, dateOfBirth: born('2013-05-12') });
    const words = 'Involved before, ended 1 Jan 2024; now not checked: a possible match awaiting review';
    const { notChecked, people: shown } = await contactsOf(child.person);
    const { title } = shown.find(({ person }) => person === brother.person)!;
    expect(notChecked.filter((missing) => missing.words.startsWith('Involved before'))).toEqual([
      { serviceNames: ['School'], words, titles: [title] },
    ]);
    expect(textOf((await app.get(`/people/${child.person}/contacts`)).text)).toContain(`School: ${words} (${title})`);
  });

  it('say so as well where its source has been silent since', async () => {
    const { child } = await family();
    const ended = { source: 'synergy', service: 'school' as const, status: 'closed' as const, closedOn: '2024-01-01' };
    await people.involvement(child.subject, ended);
    await people.checked('synergy', 'school', { at: Date.now() - 10 * 86_400_000 });
    const { notChecked } = await contactsOf(child.person);
    await people.checked('synergy', 'school');
    expect(notChecked.map(({ words }) => words)).toContainEqual(expect.stringMatching(/^Involved before, ended 1 Jan 2024, when last/));
  });

  it('name of whom something is held back', async () => {
    const { child, mother } = await family();
    await people.parked(mother.subject, 'cis');
    const { heldBackWords, people: shown } = await contactsOf(child.person);
    const { title } = shown.find(({ person }) => person === mother.person)!;
    const words = expect.stringMatching(/^Some information about this person from CIS has been held back since /);
    expect(heldBackWords).toEqual([{ person: mother.person, title, words }]);
    const text = textOf((await app.get(`/people/${child.person}/contacts`)).text);
    expect(text).toContain(`${title}: ${heldBackWords[0]!.words.split('. ')[0]}`);
  });

  it('neither show nor count somebody who is restricted', async () => {
    const { child } = await family();
    const brother = await people.record({ restriction: 'restricted' });
    await people.link(child.subject, brother.subject, 'sibling');
    await people.involvement(brother.subject, { practitioner: priya });
    const result = await contactsOf(child.person);
    expect(result.people).toHaveLength(3);
    expect(JSON.stringify(result)).not.toContain('Priya');
  });

  it('leave on record whose were seen, and that they were printed', async () => {
    const { child, sister, mother } = await family();
    await people.involvement(sister.subject, { practitioner: priya });
    const got = await app.get(`/people/${child.person}/contacts?print=yes`);
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'viewed-contacts', person: child.person, outcome: 'done', shown: { contacts: 0 } },
      { action: 'viewed-contacts', person: mother.person, shown: { of: child.person } },
      { action: 'viewed-contacts', person: sister.person, shown: { services: ['childrens-social-care'], contacts: 1 } },
      { action: 'printed', person: child.person, shown: { page: 'contacts' } },
    ]);
    expect(JSON.stringify(await app.auditOf(got))).not.toContain('Priya');
  });
});

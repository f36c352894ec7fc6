import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

async function family() {
  const surname = madeUpName();
  const postcode = madeUpPostcode();
  const MILL_ROW = address('4 Mill Row', postcode, { from: '2026-09-03' });
  const child = await people.record({ names: [name(surname, 'Tommy')], dateOfBirth: born('2015-05-12'), addresses: [MILL_ROW] });
  const mother = await people.record({ names: [name(surname, 'Kate')], dateOfBirth: born('1992-02-03'), addresses: [MILL_ROW] });
  await people.link(child.subject, mother.subject, 'parent', { mainCarer: true });
  return { surname: surname.toUpperCase(), child, mother, postcode };
}
const familyOf = async (person: string) => (await app.get(`/v1/people/${person}/family`)).body.result;
const stateOf = ({ states }: { states: { service: string; state: { words: string } }[] }, service: string) =>
  states.find((cell) => cell.service === service)?.state.words;

describe('The family grid', () => {
  it('shows people by services, each with the state their own page shows, in the authority’s order', async () => {
    const { child, mother } = await family();
    await people.involvement(child.subject, { practitioner: { ...NOBODY, name: 'Priya Nair' } });
    await people.involvement(mother.subject, { source: 'niche', service: 'police' });
    const { members, services } = await familyOf(child.person);
    expect(members.map(({ person, relationshipWords }) => [person, relationshipWords])).toEqual([
      [child.person, []],
      [mother.person, ['Mother']],
    ]);
    expect(services.map(({ service }) => service).slice(0, 3)).toEqual(['childrens-social-care', 'school', 'early-help']);
    expect(members.map((member) => stateOf(member, 'childrens-social-care'))).toEqual(['Involved now', 'Checked, nothing found']);
    expect(members.map((member) => stateOf(member, 'police'))).toEqual(['Not checked: shown from age 18', 'Records held']);
    for (const { person, states } of members) {
      const { panels } = (await app.get(`/v1/people/${person}`)).body.result;
      for (const { service, state } of states) expect(panels.find((panel) => panel.service === service)?.state).toEqual(state);
    }
    const html = (await app.get(`/people/${child.person}/family`)).text;
    expect(textOf(html)).toContain('1 person linked in Mosaic. States only');
    expect(html).not.toContain('Priya Nair');
    // The same for everybody: said once, below the rows.
    const rung = [...html.matchAll(/Not checked: ring the Recovery Service duty desk, <a [^>]*href="tel:01632960180">/g)];
    expect(rung).toHaveLength(1);
    expect(textOf(html.slice(html.indexOf('</table>')))).toContain('Drug and alcohol , for everybody here: Not checked: ring the Recovery');
    for (const { states } of members) for (const { state } of states) expect(textOf(html)).toContain(state.words.split(', 0')[0]);
    // In the heading, and in each person's cell where there is no room for columns.
    const links = [...html.matchAll(/<a class="govuk-link" href="\/services\/school\?[^"]*">School<\/a>/g)];
    expect(links).toHaveLength(1 + members.length);
  });

  it('leaves on record that each of them was seen, with their states', async () => {
    const { child, mother } = await family();
    const got = await app.get(`/people/${child.person}/family`);
    expect(await app.auditOf(got)).toMatchObject([
      {
        action: 'viewed-person',
        person: child.person,
        subjects: [child.subject],
        shown: { page: 'family', states: { police: 'not-checked' } },
      },
      { action: 'viewed-person', person: mother.person, subjects: [mother.subject], shown: { page: 'family', of: child.person } },
    ]);
    const printed = await app.auditOf(await app.get(`/people/${child.person}/family?print=yes`));
    expect(printed.map(({ action }) => action)).toEqual(['viewed-person', 'viewed-person', 'printed']);
  });

  it('says of somebody with data held back that it is', async () => {
    const { child, mother } = await family();
    await people.parked(mother.subject, 'cis');
    const text = textOf((await app.get(`/people/${child.person}/family`)).text);
    expect(text).toContain('Something sent about this person is held back, so this may be incomplete.');
    expect(text).toContain('Some information about this person from CIS has been held back');
  });

  it('neither shows nor counts somebody who is restricted', async () => {
    const { child, postcode } = await family();
    const before = (await app.get(`/people/${child.person}/family`)).text;
    const brother = await people.record({ restriction: 'sealed', addresses: [address('4 Mill Row', postcode)] });
    await people.link(child.subject, brother.subject, 'sibling');
    const after = (await app.get(`/people/${child.person}/family`)).text;
    const still = (html: string) => html.replaceAll(/\d\d:\d\d/g, '');
    expect(still(after)).toBe(still(before));
  });
});

describe('Recorded at this address', () => {
  it('names who of the family is, by which source and since when, and never that they live together', async () => {
    const { surname, child, mother, postcode } = await family();
    await people.record({
      person: mother.person,
      source: 'northbridge-homes',
      names: [name(surname, 'Kate')],
      dateOfBirth: born('1992-02-03'),
      addresses: [address('4, Mill Row', postcode.replace(' ', '').toLowerCase(), { from: '2023-01-12' })],
    });
    const { recordedAt } = await familyOf(child.person);
    expect(recordedAt).toMatchObject({
      words: `4 Mill Row, ${postcode}`,
      people: [
        { person: child.person, said: 'from Mosaic, since 3 Sep 2026' },
        { person: mother.person, said: 'from Mosaic, since 3 Sep 2026; from Northbridge Homes, since 12 Jan 2023' },
      ],
    });
    const text = textOf((await app.get(`/people/${child.person}/family`)).text);
    expect(text).toContain('this does not say who lives together');
  });

  it('names others recorded there today, each on record, but nobody restricted or hidden there, and nobody from next door', async () => {
    const postcode = madeUpPostcode();
    const here = address('7 Dock Street', postcode);
    const child = await people.record({ dateOfBirth: born('2015-05-12'), addresses: [here] });
    const lodger = await people.record({ dateOfBirth: born('1980-01-01'), addresses: [{ ...here, from: '2025-01-02' }] });
    // Restricted by one source, and stated openly there by another.
    const { person } = await people.record({ dateOfBirth: born('1980-01-01'), addresses: [here], restriction: 'restricted' });
    await people.record({ person, source: 'cis', dateOfBirth: born('1980-01-01'), addresses: [here] });
    await people.record({ dateOfBirth: born('1980-01-01'), addresses: [{ ...here, confidential: true }] });
    await people.record({ dateOfBirth: born('1980-01-01'), addresses: [{ ...here, to: '2020-01-01' }] });
    await people.record({ dateOfBirth: born('1980-01-01'), addresses: [address('8 Dock Street', postcode)] });
    const got = await app.get(`/v1/people/${child.person}/family`);
    expect(got.body.result.recordedAt).toMatchObject({
      others: 'listed',
      people: [{ person: child.person }, { person: lodger.person, said: 'from Mosaic, since 2 Jan 2025', ofFamily: false }],
    });
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'viewed-person', person: child.person },
      { action: 'shown-in-results', person: lodger.person, subjects: [lodger.subject], shown: { page: 'family', of: child.person } },
    ]);
    expect(textOf((await app.get(`/people/${child.person}/family`)).text)).toContain('since 2 Jan 2025; not linked in Mosaic');
  });

  it('leaves out whose address there is confidential, and is not there at all where the person’s own is', async () => {
    const { child, mother, postcode } = await family();
    await people.record({
      person: mother.person,
      source: 'cis',
      dateOfBirth: born('1992-02-03'),
      addresses: [address('4 Mill Row', postcode, { confidential: true })],
    });
    expect((await familyOf(child.person)).recordedAt?.people.map(({ person }) => person)).toEqual([child.person]);
    expect((await familyOf(mother.person)).recordedAt).toBeNull();
    expect(textOf((await app.get(`/people/${mother.person}/family`)).text)).not.toContain('Mill Row');
  });
});

const NOBODY = { name: null, role: null, phone: null, email: null, outOfHoursPhone: null, outOfHoursName: null, readerId: null };

import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, name, type StoredPeople } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
let people: StoredPeople;
let amara: Visitor;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
  amara = await Visitor.signedIn(app.url, 'amara.okafor');
});
afterAll(() => app?.close());

const DIED = 'died 4 Apr 2026, aged 51 yrs';

async function bereaved() {
  const surname = madeUpName();
  const home = [address('4 Quillon Row', 'NB4 2QT', { from: '2022-12-25' })];
  const child = await people.record({ names: [name(surname, 'Riley')], dateOfBirth: born('2012-12-13'), addresses: home });
  const father = await people.record({
    names: [name(surname, 'Benjamin')],
    gender: 'male',
    dateOfBirth: born('1974-05-07'),
    deceasedOn: '2026-04-04',
    addresses: home,
  });
  await people.link(child.subject, father.subject, 'parent', { parentalResponsibility: true });
  for (const { subject } of [child, father]) await people.onCaseloadOf('amara.okafor', subject);
  const pageOf = async (path: string) => textOf(await amara.openWithReason(path));
  return {
    surname,
    title: `${surname.toUpperCase()}, Benjamin`,
    child: `/people/${child.person}`,
    father: `/people/${father.person}`,
    pageOf,
  };
}

describe('Whoever has died is said to have died', () => {
  it('among the related individuals of a child, whose parent they are, and in the child’s family and contacts', async () => {
    const { child, title, pageOf } = await bereaved();
    expect(await pageOf(child)).toContain(`${title} 7 May 1974, ${DIED} View`);
    const family = await pageOf(`${child}/family`);
    expect(family).toContain(`${title} Father, ${DIED}`);
    expect(family).toContain(`${title} ${DIED}; from Mosaic, since 25 Dec 2022`);
    expect(await pageOf(`${child}/contacts`)).toContain(`${title} (father; ${DIED})`);
  });

  it('in the results of a search and on a caseload, also without a date of birth', async () => {
    const { surname, title, pageOf } = await bereaved();
    const undated = await people.record({ names: [name(surname, 'Olivia')], dateOfBirth: null, deceasedOn: '2026-01-26' });
    await people.onCaseloadOf('amara.okafor', undated.subject);
    const results = await amara.submit('/search', { by: 'names', familyName: surname });
    for (const text of [textOf(results), await pageOf('/caseload')]) {
      expect(text).toMatch(new RegExp(`${title} Date of birth 7 May 1974 Age D${DIED.slice(1)} `));
      expect(text).toMatch(/Olivia Date of birth Not known Age Died 26 Jan 2026 /);
    }
  });

  it('on their own page with who states it, and where they lived', async () => {
    const { father, pageOf } = await bereaved();
    const page = await pageOf(father);
    expect(page).toContain('Born 7 May 1974 Died 4 Apr 2026, aged 51 yrs Gender');
    expect(page).toContain('Lived at 4 Quillon Row, NB4 2QT');
    expect(page).not.toContain('Lives at');
    expect(await pageOf(`${father}/addresses`)).toContain('4 Quillon Row, NB4 2QT where they lived when they died, as far as Mosaic knows');
  });

  it('without a source that may not be told of at their age', async () => {
    const boy = await people.record({ dateOfBirth: born('2016-05-12') });
    await people.record({ person: boy.person, source: 'cis', dateOfBirth: born('2016-05-12'), deceasedOn: '2026-04-04' });
    const { pageOf } = await bereaved();
    expect(await pageOf(`/people/${boy.person}`)).toMatch(/Died 4 Apr 2026, aged 9 yrs Gender/);
  });
});

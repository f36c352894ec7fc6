import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const peopleFound = async (terms: object) => (await app.search(terms)).body.result.people;
const found = async (terms: object) => (await peopleFound(terms)).map(({ person }) => person);
const whyOf = async (terms: object) => (await peopleFound(terms)).map(({ whyMatched }) => whyMatched);

describe('Why somebody was found', () => {
  it('says it where another record has the name, the date of birth or the address that was typed', async () => {
    const [family, other, postcode, before] = [madeUpName(), madeUpName(), madeUpPostcode(), madeUpPostcode()];
    const homes = [address('4 Mill Row', postcode), address('1 High Street', before, { kind: 'previous' })];
    const names = [name(family, 'Karwan')];
    const { person } = await people.record({ names, dateOfBirth: born('2018-08-06'), addresses: homes });
    await people.record({ person, source: 'liquidlogic', names: [name(other, 'Karwan')], dateOfBirth: born('2018-06-08') });
    expect(await whyOf({ familyName: other, givenName: 'Karwan' })).toEqual([`also known as: Karwan ${other}`]);
    expect(await whyOf({ familyName: family, dateOfBirth: '2018-08-06', postcode })).toEqual(['name, date of birth, postcode']);
    expect(await whyOf({ familyName: family, dateOfBirth: '2018-06-08', postcode: before })).toEqual([
      'name, date of birth in another record, postcode of another address',
    ]);
  });

  it('tells no address of somebody the reader has said to know', async () => {
    const [family, postcode] = [madeUpName(), madeUpPostcode()];
    const { person } = await people.record({
      names: [name(family, 'Ada')],
      dateOfBirth: null,
      addresses: [address('4 Mill Row', postcode)],
    });
    const known = await app.send(`/people/${person}/known`, { method: 'POST', headers: await app.as('dan.whittle') });
    expect(known.status).toBe(303);
    const asDan = async (terms: object) => (await app.search(terms, 'dan.whittle')).body.result.people;
    expect(await asDan({ familyName: family })).toMatchObject([{ person, whyMatched: 'name' }]);
    expect(await asDan({ familyName: family, postcode })).toEqual([]);
    expect(await whyOf({ familyName: family, postcode })).toEqual(['name, postcode']);
  });

  it('finds whoever has the names the other way round where nobody has them as typed, and says so', async () => {
    const [one, other] = [madeUpName(), madeUpName()];
    const { person } = await people.record({ names: [name(one, other)], dateOfBirth: born('2018-08-06') });
    const turned = { familyName: other, givenName: one };
    expect(await found({ ...turned, year: '2018' })).toEqual([person]);
    expect(await found({ ...turned, year: '2017' })).toEqual([]);
    expect(await whyOf(turned)).toEqual(['names the other way round']);
    const asTyped = await people.record({ names: [name(other, one)] });
    expect(await found(turned)).toEqual([asTyped.person]);
  });
});

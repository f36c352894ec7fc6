/** Where a child is hidden must not be learnt from whoever else is recorded at the home of those who care for them there (decision 0074). */
import { anotherGeneration } from '../../../test/support/another-generation.js';
import { OF_FAMILIES } from '../../../test/support/every-route/families.js';
import { OLD_HOME, type PlacedChild, placedChild, WITHHELD } from '../../../test/support/placed-child.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { statementsSent } from '../../../test/support/statements-sent.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from '../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
});
afterAll(() => app?.close());

const searched = async (terms: object) => (await app.search(terms)).body.result;
const placed = (child?: object) => placedChild(people, child);

/** Of no two households the same: else their partners would be taken for one person. */
let yearBefore = 1950;

/** A child's carer, and others who are recorded at the same house and linked to nobody. */
async function household(where: { uprn?: string } = {}) {
  const home = await placed();
  const dateOfBirth = born(`${(yearBefore += 1)}-02-03`);
  const { child, carer, street, postcode } = home;
  const partner = await people.record({
    names: [name(madeUpName(), 'Per')],
    dateOfBirth,
    addresses: [address(`9 ${street}`, postcode, where), OLD_HOME],
  });
  await people.link(child.subject, carer.subject, 'foster-carer');
  return { ...home, partner, dateOfBirth };
}
/** Every route that shows something of a person, on paper too. */
const everyPathOf = (person: string) =>
  Object.values(OF_FAMILIES).flatMap((route) => {
    const path = 'shows' in route ? route.at({ person, search: '' }) : '';
    if (!path.includes(person)) return [];
    return path.startsWith('/v1/') ? [path] : [path, `${path}?print=yes`];
  });
/** Neither their own answers nor a search tell the house. */
async function isToldOfNobody({ street, postcode }: Pick<PlacedChild, 'street' | 'postcode'>, who: { person: string }): Promise<void> {
  for (const path of everyPathOf(who.person)) {
    const { status, text } = await app.get(path);
    const statuses = /services|panels/.test(path) ? [200, 404] : [200];
    expect([path, statuses.includes(status)]).toEqual([path, true]);
    expect([path, text]).toEqual([path, expect.not.stringContaining(street)]);
    expect([path, text.replaceAll(' ', '')]).toEqual([path, expect.not.stringContaining(postcode.replaceAll(' ', ''))]);
  }
  const [{ family }] = (
    await people.pool.query<{ family: string }>(
      `SELECT names->0->>'family' AS family FROM ${people.schema}.record r JOIN ${people.schema}.record_person USING (subject) WHERE person = $1 LIMIT 1`,
      [who.person],
    )
  ).rows as [{ family: string }];
  expect(await searched({ familyName: family, postcode })).toEqual({
    people: [],
    total: 0,
    atLeast: false,
    narrowWords: null,
    knownWords: null,
  });
  expect(await searched({ familyName: family })).toMatchObject({
    total: 1,
    people: [{ address: null, addressWords: 'No address to show' }],
  });
}

describe('Whoever else is recorded at the home of such a carer', () => {
  it('has no address either, and no search by its postcode finds them; where else they have lived is told', async () => {
    const { partner, ...home } = await household();
    await isToldOfNobody(home, partner);
    expect((await app.get(`/v1/people/${partner.person}/addresses`)).text).toContain('4 Mill Row');
  });

  it('is found by the property, however the house is written, and by postcode and number where one of them has none', async () => {
    const { carer, child, street, postcode } = await placed({ addresses: [WITHHELD] });
    const uprn = `10${Date.now()}`;
    await people.record({ person: carer.person, source: 'cis', addresses: [address(`9 ${street}`, postcode, { uprn })] });
    await people.link(child.subject, carer.subject, 'foster-carer');
    const written = [
      await people.record({ addresses: [address(`The Annexe, 9 ${street}`, 'NB9 9ZZ', { uprn })] }),
      await people.record({ addresses: [address(`9, ${street} Rd`, postcode.toLowerCase())] }),
    ];
    for (const one of written) await isToldOfNobody({ street, postcode }, one);
  });

  it('is told of while nothing links the child to the carer, and by a house next door, another flat of the block, or where the carer once lived', async () => {
    const { street, postcode, ...home } = await household({ uprn: `11${Date.now()}` });
    const [block, old] = [`12${Date.now()}`, madeUpPostcode()];
    const lives = address(`Flat 3, 20 ${street}`, postcode, { uprn: block });
    const before = address(`7 ${street}`, old, { kind: 'previous' });
    const until = address(`8 ${street}`, old, { to: '2020-01-02' });
    await people.record({ person: home.carer.person, source: 'cis', addresses: [lives, before, until] });
    const others = [
      address(`10 ${street}`, postcode),
      address(`Flat 4, 20 ${street}`, postcode, { uprn: block }),
      address(`7 ${street}`, old),
      address(`8 ${street}`, old),
    ];
    for (const where of others) {
      const stranger = await people.record({ addresses: [where] });
      expect([where, (await app.get(`/people/${stranger.person}`)).text]).toEqual([where, expect.stringContaining(where.lines[0]!)]);
    }
    const neighbour = await people.record({ addresses: [address(`Flat 3, 20 ${street}`, postcode)] });
    await isToldOfNobody({ street, postcode }, neighbour);
    const unlinked = await placed();
    const lodger = await people.record({ addresses: unlinked.who.addresses });
    expect((await app.get(`/people/${lodger.person}`)).text).toContain(unlinked.street);
  });

  it('is told of where more are recorded than any household has: a hostel, or an office that stands for no address', async () => {
    const { partner, street, postcode } = await household();
    const others = (count: number) =>
      Promise.all(Array.from({ length: count }, () => people.record({ addresses: [address(`9 ${street}`, postcode)] })));
    // with the carer, as two sources know them, and the partner: two hundred
    await others(197);
    await isToldOfNobody({ street, postcode }, partner);
    await others(1);
    expect((await app.get(`/people/${partner.person}`)).text).toContain(street);
  });

  it('is on nobody’s list of who is recorded at an address, and lists nobody', async () => {
    const { partner, carer, street, postcode } = await household();
    const lodger = await people.record({ addresses: [address(`9 ${street}`, postcode)] });
    for (const { person } of [partner, carer, lodger])
      expect((await app.get(`/v1/people/${person}/family`)).body.result).toMatchObject({ recordedAt: null });
  });

  it('stays so when they are sent again, matched, parted, or the read model is rebuilt', async () => {
    const { partner, ...home } = await household();
    const { street, postcode } = home;
    const details = { names: [name(madeUpName(), 'Per')], dateOfBirth: born('1979-08-01') };
    await people.record({ ...partner, ...details, addresses: [address(`9 ${street}`, postcode, { uprn: `13${Date.now()}` })] });
    await isToldOfNobody(home, partner);
    const elsewhere = await people.record({ source: 'cis', addresses: [] });
    await people.assign(partner.subject, elsewhere.person);
    await isToldOfNobody(home, elsewhere);
    await people.assign(partner.subject, partner.person);
    await isToldOfNobody(home, partner);
    await anotherGeneration(people.pool, () => isToldOfNobody(home, partner));
  });

  it('is asked about by the same statements as anybody', async () => {
    const { partner, dateOfBirth } = await household();
    const anybody = await people.record({ dateOfBirth, addresses: [OLD_HOME] });
    const sentFor = async ({ person }: { person: string }) => {
      for (const path of everyPathOf(person)) await app.get(path);
      return statementsSent(app.env.READ_MODEL_URL!, async () => {
        for (const path of everyPathOf(person)) await app.get(path);
      });
    };
    expect(await sentFor(partner)).toEqual(await sentFor(anybody));
  });
});

/** Where a child is hidden must not be learnt from whoever cares for them there: not from the carer's pages, nor from anybody else's. */
import { RELATIONSHIPS } from '#lib/events';
import { CARERS } from '#lib/read-model';
import { apiPathsOf, pagePathsOf } from '../../../test/support/said-of-person.js';
import { OLD_HOME, type PlacedChild, placedChild, WITHHELD } from '../../../test/support/placed-child.js';
import { StewardsDesk } from '../../../test/support/stewards-desk.js';
import { address, born, name, type StoredPeople } from '../../../test/support/stored-people.js';

let desk: StewardsDesk;
let people: StoredPeople;
beforeAll(async () => {
  desk = await StewardsDesk.open();
  people = desk.app.people;
});
afterAll(() => desk?.close());

const searched = async (terms: object) => (await desk.app.search(terms)).body.result;
const pathsOf = (person: string) => [...apiPathsOf(person), ...pagePathsOf(person)];

const placed = (child?: object) => placedChild(people, child);

/** Nothing that is said of, or found by, either of them tells the place. */
async function nothingTells({ child, carer, family, street, postcode }: PlacedChild): Promise<void> {
  for (const path of [...pathsOf(child.person), ...pathsOf(carer.person)]) {
    const { status, text } = await desk.app.get(path);
    expect([path, status]).toEqual([path, 200]);
    expect([path, text]).toEqual([path, expect.not.stringContaining(street)]);
    expect(text.replaceAll(' ', '')).not.toContain(postcode.replaceAll(' ', ''));
  }
  expect(await searched({ familyName: family })).toMatchObject({
    total: 1,
    people: [{ address: null, addressWords: 'No address to show' }],
  });
  expect(await searched({ familyName: family, postcode })).toEqual({
    people: [],
    total: 0,
    atLeast: false,
    narrowWords: null,
    knownWords: null,
  });
}
const isShown = async ({ carer, family, street, postcode }: PlacedChild) => {
  const { total } = await searched({ familyName: family, postcode });
  const pages = await Promise.all(['', '/family', '/addresses'].map((part) => desk.app.get(`/people/${carer.person}${part}`)));
  return [total, ...pages.map(({ text }) => text.includes(street))];
};
const EVERYWHERE = [1, true, true, true];

describe('The home of whoever cares for a child with a confidential address', () => {
  it.each(CARERS)('is shown nowhere and found by no postcode: %s', async (type) => {
    const [one, other] = [await placed(), await placed()];
    await people.link(one.child.subject, one.carer.subject, type);
    await people.link(other.carer.subject, other.child.subject, RELATIONSHIPS[type].inverse);
    await nothingTells(one);
    await nothingTells(other);
    expect((await desk.app.get(`/v1/people/${one.child.person}/addresses`)).text).toContain('4 Mill Row');
    expect((await desk.app.get(`/v1/people/${one.child.person}`)).body.result.related).toMatchObject([{ person: one.carer.person }]);
  });

  it('is as little told where the link has ended, is another source’s, or makes a relative the main carer', async () => {
    const [ended, elsewhere, aunt] = [await placed(), await placed(), await placed()];
    await people.link(ended.child.subject, ended.carer.subject, 'foster-carer', { status: 'ended' });
    await people.link(elsewhere.child.subject, elsewhere.carer.subject, 'foster-carer', { source: 'liquidlogic' });
    await people.link(aunt.child.subject, aunt.carer.subject, 'aunt-or-uncle', { mainCarer: true });
    for (const one of [ended, elsewhere, aunt]) await nothingTells(one);
  });

  it('is as little told where another record of the child keeps the address, or has replaced the one that was linked', async () => {
    const [matched, replaced] = [await placed({}), await placed({})];
    await people.record({ person: matched.child.person, source: 'cis', addresses: [WITHHELD] });
    await people.link(matched.child.subject, matched.carer.subject, 'foster-carer');
    const before = await people.record({ replacedBy: replaced.child.subject });
    await people.record({
      person: replaced.child.person,
      source: 'liquidlogic',
      addresses: [address('1 Far Lane', 'NB4 2QT', { kind: 'placement' })],
    });
    await people.link(before.subject, replaced.carer.subject, 'foster-carer');
    await nothingTells(matched);
    await nothingTells(replaced);
  });

  it('is as little told where the carer’s linked record has been replaced, or is of a service that is silent', async () => {
    const [replaced, housed] = [await placed(), await placed()];
    const before = await people.record({ replacedBy: replaced.carer.subject });
    await people.link(replaced.child.subject, before.subject, 'foster-carer');
    await people.link(housed.child.subject, housed.housing.subject, 'foster-carer', { source: 'northbridge-homes' });
    await nothingTells(replaced);
    await nothingTells(housed);
  });

  it('is on nobody else’s list of who is recorded at an address', async () => {
    const { child, carer, family, postcode, street } = await placed();
    const neighbour = await people.record({ addresses: [address(`9 ${street}`, postcode)] });
    const named = async () => (await desk.app.get(`/v1/people/${neighbour.person}/family`)).text.includes(family.toUpperCase());
    expect(await named()).toBe(true);
    await people.link(child.subject, carer.subject, 'foster-carer');
    expect(await named()).toBe(false);
  });

  it('is told as a confidential address of their own would be', async () => {
    const { child, carer, family } = await placed();
    await people.link(child.subject, carer.subject, 'foster-carer');
    const own = await people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1980-02-03'), addresses: [WITHHELD] });
    const bare = (text: string, one: typeof own) => text.replaceAll(one.person, '').replaceAll(one.recordId, '');
    const said = async (path: (person: string) => string, one: typeof own) => {
      const { status, body, text } = await desk.app.get(path(one.person));
      return [status, bare(body.result ? JSON.stringify(body.result) : text, one)];
    };
    for (const path of [(of: string) => `/v1/people/${of}/addresses`, (of: string) => `/people/${of}/addresses`])
      expect(await said(path, carer)).toEqual(await said(path, own));
  });

  it('stands on no page of two records, and is compared with nobody’s', async () => {
    const { child, carer, who, street, postcode } = await placed();
    const half = await people.record({ ...who, source: 'cis' });
    const { path } = await desk.matcher.waits(carer, half);
    expect((await desk.read(path)).text).toContain(street);
    await people.link(child.subject, carer.subject, 'foster-carer');
    const { status, text } = await desk.read(path);
    expect([status, text]).toEqual([200, expect.not.stringContaining(street)]);
    expect(text).not.toContain(postcode);
  });
});

describe('A home that is shown', () => {
  it('is that of a parent, although they are the main carer of a child placed elsewhere', async () => {
    const mother = await placed();
    await people.link(mother.child.subject, mother.carer.subject, 'parent', { mainCarer: true });
    expect(await isShown(mother)).toEqual(EVERYWHERE);
  });

  it('is that of a carer while the child has no confidential address, or was never theirs', async () => {
    const [open, mistaken, unmade] = [await placed({ addresses: [OLD_HOME] }), await placed(), await placed()];
    await people.link(open.child.subject, open.carer.subject, 'foster-carer');
    await people.link(mistaken.child.subject, mistaken.carer.subject, 'foster-carer', { status: 'retracted' });
    await people.record({ ...unmade.child, addresses: [WITHHELD], present: false, removedReason: 'entered-in-error' });
    await people.link(unmade.child.subject, unmade.carer.subject, 'foster-carer');
    expect([await isShown(open), await isShown(mistaken), await isShown(unmade)]).toEqual([EVERYWHERE, EVERYWHERE, EVERYWHERE]);
  });
});

import { address, born, madeUpName, madeUpPostcode, name, type StoredPeople } from './stored-people.js';

/** What the projector leaves of a confidential address. */
export const WITHHELD = { ...address('', ''), lines: [], postcode: null, kind: 'other' as const, confidential: true };
export const OLD_HOME = address('4 Mill Row', 'NB4 2QT', { kind: 'previous' });

/** A child who has been placed, and a grown-up whose house is where; the case management system and housing both hold that openly. */
export async function placedChild(people: StoredPeople, child: object = { addresses: [WITHHELD, OLD_HOME] }) {
  const [family, street] = [madeUpName(), madeUpName()];
  const postcode = madeUpPostcode();
  const who = { names: [name(family, 'Ada')], dateOfBirth: born('1980-02-03'), addresses: [address(`9 ${street}`, postcode)] };
  const hidden = await people.record({ names: [name(madeUpName(), 'Zoe')], dateOfBirth: born('2014-05-12'), ...child });
  const carer = await people.record(who);
  const housing = await people.record({ ...who, person: carer.person, source: 'northbridge-homes' });
  return { child: hidden, carer, housing, family, street, postcode, who };
}
export type PlacedChild = Awaited<ReturnType<typeof placedChild>>;

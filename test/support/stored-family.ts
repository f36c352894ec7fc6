import type { QueryApp } from './query-app.js';
import { address, born, madeUpName, name } from './stored-people.js';

/** A family with something to see on every page about people. */
export interface FamilyStored {
  child: string;
  adult: string;
  nameOnly: string;
  /** Whom the reader has given no reason for, and whom they have said to know. */
  unasked: string;
  known: string;
  /** That they said so; an address. */
  declaration: string;
  /** Kept searches: one that finds the child, one with more than are shown, one that finds nobody. */
  search: string;
  manySearch: string;
  noneSearch: string;
  /** What tells who they are: no title, address or link may hold any of it. */
  telling: string[];
}

const practitioner = {
  name: 'Priya Nair',
  role: 'senior social worker',
  phone: '01632 960 118',
  email: 'priya.nair@northbridge.example',
  outOfHoursPhone: '01632 960 101',
  outOfHoursName: 'Emergency Duty Team',
  readerId: null,
};

export async function storeFamily(app: QueryApp): Promise<FamilyStored> {
  const { people } = app;
  const [family, mother, many] = [madeUpName(), madeUpName(), madeUpName()];
  const home = [address('4 Quillon Row', 'NB4 2QT')];
  const child = await people.record({
    recordId: '8249012',
    names: [name(family, 'Tommy')],
    dateOfBirth: born('2012-05-12'),
    gender: 'male',
    addresses: home,
  });
  const adult = await people.record({
    names: [name(mother, 'Kate'), { ...name('Quarrington', 'Kate'), kind: 'former' as const }],
    dateOfBirth: born('1990-01-20'),
    addresses: [...home, { ...address('19 Quernmore Street', 'NB1 7AH'), kind: 'previous' as const }],
  });
  const nameOnly = await people.record({ names: [name(madeUpName(), 'Ada')], dateOfBirth: null, source: 'cis' });
  await people.onCaseloadOf('amara.okafor', child.subject);
  const [unasked, known] = [await people.record(), await people.record()];
  for (const { person } of [nameOnly, known]) await app.giveReason(person);
  const declared = await app.send(`/people/${known.person}/known`, { method: 'POST', headers: await app.as('amara.okafor') });
  await people.link(child.subject, adult.subject, 'parent', { mainCarer: true, parentalResponsibility: true });
  await people.link(
    child.subject,
    (await people.record({ names: [name(family, 'Ella')], dateOfBirth: born('2020', 'year') })).subject,
    'half-sibling',
  );
  await people.involvement(child.subject, { practitioner, coordinating: true });
  await people.involvement(child.subject, { source: 'cluster-lists', service: 'early-help', status: 'closed', closedOn: '2025-03-14' });
  await people.involvement(child.subject, { source: 'childview', service: 'youth-offending' });
  await people.checked('childview', 'youth-offending', { at: Date.now() - 3 * 86_400_000 });
  await people.parked(child.subject, 'synergy');
  await people.involvement(adult.subject);
  await people.involvement(adult.subject, { source: 'northbridge-homes', service: 'housing', status: 'closed', closedOn: '2025-03-14' });
  await people.involvement(adult.subject, { source: 'niche', service: 'police' });
  for (let year = 1990; year < 2012; year += 1) await people.record({ names: [name(many, 'Ada')], dateOfBirth: born(`${year}-01-02`) });
  const keep = async (terms: object) => (await app.keep(terms)).body.id;
  return {
    child: child.person,
    adult: adult.person,
    nameOnly: nameOnly.person,
    unasked: unasked.person,
    known: known.person,
    declaration: declared.headers.get('location')!,
    search: await keep({ familyName: family, givenName: 'Tom', postcode: 'NB4 2QT' }),
    manySearch: await keep({ familyName: many }),
    noneSearch: await keep({ familyName: madeUpName() }),
    telling: [family, mother, many, 'Tommy', 'Kate', 'Quarrington', 'Quillon', 'Quernmore', '2qt', '8249012', '2012', '1990'],
  };
}

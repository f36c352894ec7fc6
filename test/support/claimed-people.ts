import { READER } from './doubted-people.js';
import type { Got, QueryApp } from './query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredRecordOptions } from './stored-people.js';

/** One woman as two services know her, shown as two people: what her school says has another date of birth and another given name. */
export async function storeApart(app: QueryApp, other: StoredRecordOptions = {}) {
  const [family, home] = [madeUpName(), [address('4 Mill Row', madeUpPostcode())]];
  const known = await app.people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1980-02-03'), addresses: home });
  const school = await app.people.record({
    source: 'liquidlogic',
    names: [name(family, 'Zenobia')],
    dateOfBirth: born('1984-11-23'),
    addresses: home,
    ...other,
  });
  const [one, two] = [known.subject, school.subject].sort() as [string, string];
  return { family, known, school, pair: { one, other: two }, path: `/matches/${one}/${two}` };
}

const posted = async (app: QueryApp, path: string, fields: Record<string, string>, reader: string): Promise<Got> =>
  app.sendForm(path, fields, reader);

/** A reader says on the page about two people that they are one. */
export async function claim(
  app: QueryApp,
  person: string,
  other: string,
  fields: Record<string, string> = {},
  reader = READER,
): Promise<Got> {
  await app.giveReason(person, reader);
  return posted(app, `/people/${person}/same/${other}`, { because: 'another-name', ...fields }, reader);
}

export async function withdrawClaim(app: QueryApp, person: string, other: string, reader = READER): Promise<Got> {
  await app.giveReason(person, reader);
  return posted(app, `/people/${person}/same/${other}/withdrawn`, {}, reader);
}

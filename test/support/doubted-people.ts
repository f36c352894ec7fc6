import type { Got, QueryApp } from './query-app.js';
import { address, born, madeUpName, name } from './stored-people.js';

export const READER = 'amara.okafor';
/** What the police's record says and no other: none of it may be seen while it is doubted. */
export const OF_THE_POLICE = /Robbery|Quarrington|9 Quill Lane|NB1 7AH|Sergeant Quist|\b1971\b/;

/** An adult with a record of children's social care and one of the police, as one person. */
export async function storeJoined(app: QueryApp) {
  const family = madeUpName();
  const known = await app.people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1980-02-03'), addresses: [address('4 Mill Row', 'NB4 2QT')] }); // prettier-ignore
  await app.people.involvement(known.subject);
  const police = await app.people.record({
    source: 'niche',
    person: known.person,
    names: [name('Quarrington', 'Ada')],
    dateOfBirth: born('1971-02-03'),
    addresses: [address('9 Quill Lane', 'NB1 7AH')],
  });
  const nothing = { role: null, phone: null, email: null, outOfHoursName: null, outOfHoursPhone: null, readerId: null };
  await app.people.involvement(police.subject, {
    source: 'niche',
    service: 'police',
    practitioner: { name: 'Sergeant Quist', ...nothing },
    details: { police: { area: 'East', offences: [{ date: '2020-03-04', type: 'robbery', nature: 'convict' }], nonSafeguarding: false } },
  });
  return { family, person: known.person, known, police };
}

const posted = async (app: QueryApp, path: string, fields: Record<string, string>, reader: string): Promise<Got> =>
  app.sendForm(path, fields, reader);

/** A reader says on the person's page that a record is of somebody else. */
export async function doubt(
  app: QueryApp,
  person: string,
  record: string,
  fields: Record<string, string> = {},
  reader = READER,
): Promise<Got> {
  await app.giveReason(person, reader);
  return posted(app, `/people/${person}/doubt`, { record, because: 'another-of-that-name', ...fields }, reader);
}

export async function withdraw(app: QueryApp, person: string, id: string, reader = READER): Promise<Got> {
  await app.giveReason(person, reader);
  return posted(app, `/people/${person}/doubt/withdrawn`, { doubt: id }, reader);
}

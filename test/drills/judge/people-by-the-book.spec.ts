/** Who is one person, reckoned beside the matcher: drills compare the two, and are worth what this is. */
import type { InvolvementEvent, PairRuling } from '#lib/events';
import { DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { loggedEvent } from '../../support/logged-event.js';
import { PeopleByTheBook, type Told } from './people-by-the-book.js';

type Given = Parameters<typeof loggedEvent<'PersonRecorded'>>[1];
const maya: Given = {
  names: [{ family: 'Brennan', given: ['Maya'] }],
  dateOfBirth: { date: '2015-03-14', precision: 'day' },
  identifiers: [{ type: 'nhs', value: '9434765919' }],
};
const ash: Given = { names: [{ family: 'Ashdown', given: ['Freya'] }], dateOfBirth: { date: '2011-09-02', precision: 'day' } };
const at = (position: number, epoch = 1) => ({ sourceVersion: { epoch, position } });
const of = (subject: string, event: InvolvementEvent): Told => ({ subject, event });
const is = (subject: string, given: Given) => of(subject, loggedEvent('PersonRecorded', given));
const removed = (subject: string, position: number) => of(subject, loggedEvent('PersonRemoved', at(position)));
const replaced = (subject: string, newRecordId: string, position = 9) => of(subject, loggedEvent('RecordReplaced', { newRecordId, ...at(position) })); // prettier-ignore
const ruled = (type: PairRuling['type'], decision: number, subject = 'a', other = 'b'): PairRuling => ({ type, decision, subject, other, reason: 'one', by: 'data-steward' }); // prettier-ignore
const people = (told: Told[], rulings: PairRuling[] = []) =>
  new PeopleByTheBook(loadMatchModel(DEFAULT_MODEL), 'deploy/authority/northbridge.json').people(told, rulings);

it.each<[string, Told[], string[]]>([
  ['joined by what is the same', [is('a', maya), is('b', maya), is('c', ash)], ['a,b', 'c']],
  ['who their sources say last', [is('a', maya), is('b', { ...maya, ...at(2) }), is('b', { ...ash, ...at(1) })], ['a,b']],
  ['said last by epochs before positions', [is('a', maya), is('b', { ...ash, ...at(1, 2) }), is('b', { ...maya, ...at(9, 1) })], ['a', 'b']],
  ['joined with none that is removed', [is('a', maya), is('b', { ...maya, ...at(1) }), removed('b', 2)], ['a', 'b']],
  ['joined with none that is removed at the very version that tells of it', [is('a', maya), is('b', { ...maya, ...at(2) }), removed('b', 2)], ['a', 'b']],
  ['there again, once they are told of anew', [is('a', maya), is('b', { ...maya, ...at(3) }), removed('b', 2)], ['a,b']],
  ['with the records that stand for theirs', [is('a', maya), is('b', ash), replaced('b', 'c'), is('c', maya)], ['a,b,c']],
  ['with the end of a chain', [is('a', ash), replaced('a', 'b'), replaced('b', 'c'), is('c', maya), is('d', maya)], ['a,b,c,d']],
  ['with what they were replaced by last', [replaced('a', 'b', 9), replaced('a', 'c', 8), is('b', maya), is('c', ash)], ['a,b', 'c']],
])('People are %s', (_, told, expected) => {
  expect(people(told)).toEqual(expected);
}); // prettier-ignore

describe('Rulings', () => {
  const two = [is('a', maya), is('b', maya)];

  it('keep records together or apart, the last of them counts, and one that was revoked does not', () => {
    expect(people(two, [ruled('RecordsKeptApart', 1)])).toEqual(['a', 'b']);
    expect(people(two, [ruled('RecordsKeptApartRevoked', 2), ruled('RecordsKeptApart', 1, 'b', 'a')])).toEqual(['a,b']);
    expect(people(two, [ruled('RecordsKeptApart', 2), ruled('RecordsKeptApartRevoked', 1)])).toEqual(['a', 'b']);
    expect(people([is('a', maya), is('b', ash)], [ruled('RecordsKeptTogether', 1)])).toEqual(['a,b']);
  });

  it('hold of the records that stand for those they name', () => {
    const told = [...two, replaced('b', 'c'), is('c', maya)];
    expect(people(told, [ruled('RecordsKeptApart', 1)])).toEqual(['a', 'b,c']);
  });
});

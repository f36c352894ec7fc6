import { randomUUID } from 'node:crypto';
import { DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { loadAuthority } from '../authority.js';
import { compareRecords } from '../compare-records/compare-records.js';
import type { KnownPerson } from '../view-person/known-person.js';
import type { StoredRecord } from '../view-person/stored-record.js';
import { comparedRows, LIKENESSES } from './compared-rows.js';
import { type OwnedRecord, SENSITIVE } from './record-label.js';

const NOW = Date.parse('2026-11-22T09:15:00Z');
const owned = (changed: Partial<StoredRecord>, label = 'School: Synergy', others: Partial<StoredRecord>[] = []): OwnedRecord => {
  const record = (own: Partial<StoredRecord>): StoredRecord => ({
    subject: randomUUID(),
    person: null,
    source: 'synergy',
    recordId: 'S-1',
    described: true,
    present: true,
    restricted: false,
    knownToReader: false,
    caresInHiding: false,
    replacedBy: null,
    keptApart: [],
    doubts: [],
    replacedAt: [0, 0],
    names: [],
    birth: null,
    gender: null,
    addresses: [],
    identifiers: [],
    deceasedOn: null,
    flags: [],
    statedAt: 0,
    ...own,
  });
  const mine = record(changed);
  return {
    record: mine,
    label,
    person: {
      person: randomUUID(),
      records: [mine],
      ofOtherAges: [],
      silent: others.map(record),
      doubted: [] as StoredRecord[],
    } as unknown as KnownPerson,
  };
};
const by = { model: loadMatchModel(DEFAULT_MODEL), authority: loadAuthority('deploy/authority/northbridge.json') };
const rowsOf = (one: OwnedRecord, other: OwnedRecord) =>
  new Map(comparedRows([one, other], compareRecords(one, other, by), NOW).map((row) => [row.what, row]));
const likeness = (what: string, one: Partial<StoredRecord>, other: Partial<StoredRecord>) =>
  rowsOf(owned(one), owned(other)).get(what)?.likeness;
const name = (family: string, ...given: string[]) => ({ family, given, kind: 'current' as const });
const address = (line: string, confidential = false) => ({
  lines: [line],
  postcode: 'NB4 2QT',
  uprn: null,
  from: null,
  to: null,
  kind: 'home',
  confidential,
});
const born = (date: string, precision: 'day' | 'month' | 'year' = 'day') => ({ date, precision });

describe('Two records beside each other', () => {
  it.each([
    ['Names', { names: [name('O’Neill', 'Zoë')] }, { names: [name('ONEILL', 'Zoë')] }, 'same'],
    ['Names', { names: [name('Doyle', 'Ada'), name('Brennan', 'Ada')] }, { names: [name('Brennan', 'Ada')] }, 'partly'],
    ['Names', { names: [name('Doyle', 'Ada')] }, { names: [name('Brennan', 'Maya')] }, 'differs'],
    ['Names', { names: [name('Doyle', 'Ada')] }, { names: [name('Doyle', 'Maya')] }, 'alike-in-part'],
    ['Names', { names: [name('LĂCĂTUȘ', 'Bianca')] }, { names: [name('LACATUS', 'Bianca', 'Daniela')] }, 'alike'],
    ['Names', { names: [name('Doyle', 'Bob')] }, { names: [name('Doyle', 'Robert')] }, 'alike'],
    ['Date of birth', { birth: born('1984-04-11') }, { birth: born('1984-04-12') }, 'alike'],
    ['Date of birth', { birth: born('1984-04-11') }, { birth: born('1900-01-01') }, 'unusable'],
    ['Names', {}, { names: [name('Doyle', 'Ida')] }, 'one-missing'],
    ['Date of birth', { birth: born('1984-04-11') }, { birth: born('1984-04-11') }, 'same'],
    ['Date of birth', { birth: born('1984-04-11') }, { birth: born('1984', 'year') }, 'less-exact'],
    ['Date of birth', { birth: born('1984-04', 'month') }, { birth: born('1985', 'year') }, 'differs'],
    ['Date of birth', {}, {}, 'both-missing'],
    ['Gender', { gender: 'not-stated' }, { gender: 'female' }, 'one-missing'],
    ['Gender', { gender: 'male' }, { gender: 'female' }, 'differs'],
    [
      'NHS number',
      { identifiers: [{ type: 'nhs', value: '943 476 5919' }] },
      { identifiers: [{ type: 'nhs', value: '9434765919' }] },
      'same',
    ],
  ] as const)('say of %s what they have in common: %j and %j are %s', (what, one, other, expected) => {
    expect(likeness(what, one as Partial<StoredRecord>, other as Partial<StoredRecord>)).toBe(expected);
  });

  it('point out as held against one person what the matcher holds against it, and that alone', () => {
    const two = (one: Partial<StoredRecord>, other: Partial<StoredRecord>) => rowsOf(owned(one), owned(other));
    const [ada, died] = [{ names: [name('Doyle', 'Ada')] }, { deceasedOn: '2020-01-02' }];
    const against = (rows: ReturnType<typeof rowsOf>) => [...rows.values()].filter((row) => row.against).map(({ what }) => what);
    expect(against(two({ ...ada, gender: 'male', ...died }, { names: [name('DOYLE', 'Ada', 'Daniela')], gender: 'female' }))).toEqual([
      'Gender',
    ]);
    expect(against(two(ada, { names: [name('Doyle', 'Maya')] }))).toEqual(['Names']);
    expect(LIKENESSES[two(ada, { names: [name('Doyle', 'Maya')] }).get('Names')!.likeness]).toBe('Alike in part');
  });

  it('name a number within a sentence by its usual letters', () => {
    const numbers = ['upn', 'nhs', 'national-insurance'].map((type) => ({ type, value: '1' }));
    const rows = rowsOf(owned({ identifiers: numbers }), owned({}));
    const said = ['Unique pupil number', 'NHS number', 'National Insurance number'].map((what) => rows.get(what)!.values[1]);
    expect(said).toEqual([['No unique pupil number recorded'], ['No NHS number recorded'], ['No National Insurance number recorded']]);
  });

  it('say in words what is missing, and nothing of a number or a death that neither has', () => {
    const rows = rowsOf(owned({}), owned({}));
    for (const what of ['Names', 'Date of birth', 'Gender', 'Addresses'])
      expect(
        rows
          .get(what)!
          .values.flat()
          .every((words) => words.startsWith('No ')),
      ).toBe(true);
    expect([rows.has('NHS number'), rows.has('Died')]).toEqual([false, false]);
  });

  it('show no address that any record of either person keeps confidential, were it of a service that is hidden', () => {
    const hiding = owned({ addresses: [address('4 Mill Row')] }, 'School: Synergy', [{ addresses: [address('9 Quiet Lane', true)] }]);
    const open = owned({ addresses: [address('9 Quiet Lane')] });
    expect(JSON.stringify([...rowsOf(hiding, open)])).not.toMatch(/Quiet Lane/);
  });

  it('keep the own number of a record of a sensitive service', () => {
    const rows = rowsOf(owned({ recordId: 'NICHE-7' }, SENSITIVE), owned({ recordId: 'S-2' }));
    expect(rows.get('Its own number there')!.values).toEqual([['Not shown'], ['S-2']]);
  });
});

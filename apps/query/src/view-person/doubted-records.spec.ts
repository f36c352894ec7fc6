import fc from 'fast-check';
import { apartByDoubt } from './doubted-records.js';
import type { StoredDoubt, StoredRecord } from './stored-record.js';

const doubt = (some: Partial<StoredDoubt> = {}): StoredDoubt => ({
  id: 'd',
  own: false,
  hides: true,
  raisedAt: 0,
  open: true,
  apartFrom: [],
  ...some,
});
const row = (subject: string, doubts: StoredDoubt[] = []) => ({ subject, source: 'niche', doubts }) as unknown as StoredRecord;
/** A person of these records, each with what it replaced. */
const parted = (records: StoredRecord[], replaced: Record<string, StoredRecord[]> = {}, removed: string[] = []) => {
  const rows = [...records, ...Object.values(replaced).flat()];
  const ends = new Map([
    ...records.map(({ subject }) => [subject, subject] as const),
    ...Object.entries(replaced).flatMap(([end, older]) => older.map(({ subject }) => [subject, end] as const)),
  ]);
  const person = { records, doubted: [], doubts: [], ownDoubts: [], subjects: rows.map(({ subject }) => subject), withheld: [], removed };
  return apartByDoubt(person, rows, ends);
};
const shown = (of: ReturnType<typeof parted>) => of.records.map(({ subject }) => subject);

describe('A doubt that hides', () => {
  it('takes the record and what it replaced away, and nothing else', () => {
    const read = parted([row('a'), row('b', [doubt()])], { b: [row('b-before')] });
    expect([shown(read), read.subjects, read.withheld]).toEqual([['a'], ['a'], ['b', 'b-before']]);
  });

  it('goes with a replaced record to the one that replaced it', () => {
    expect(shown(parted([row('a'), row('b')], { b: [row('b-before', [doubt()])] }))).toEqual(['a']);
  });

  it('hides nobody whole: a record alone, or the last one, is shown', () => {
    expect(shown(parted([row('b', [doubt()])]))).toEqual(['b']);
    expect(shown(parted([row('a', [doubt()]), row('b', [doubt()])]))).toEqual(['a', 'b']);
  });

  it('counts once it is settled as another person’s for as long as it is with those it was parted from', () => {
    const settled = (apartFrom: string[]) => shown(parted([row('a'), row('b', [doubt({ open: false, apartFrom })])], {}, ['removed']));
    expect([settled(['a']), settled(['removed']), settled(['elsewhere']), settled([])]).toEqual([['a'], ['a'], ['a', 'b'], ['a', 'b']]);
  });
});

it('A doubt that does not hide leaves the record, to be pointed out', () => {
  const read = parted([row('a'), row('b', [doubt({ hides: false })])]);
  expect([shown(read), read.doubts.map(({ subject }) => subject)]).toEqual([['a', 'b'], ['b']]);
});

it('Whatever is doubted, each record is either shown or withheld, and somebody who was shown still is', () => {
  const anyDoubts = fc.array(fc.record({ hides: fc.boolean(), open: fc.boolean() }).map(doubt), { maxLength: 2 });
  fc.assert(
    fc.property(fc.array(anyDoubts, { minLength: 1, maxLength: 6 }), (all) => {
      const records = all.map((doubts, at) => row(String(at), doubts));
      const read = parted(records);
      expect([...shown(read), ...read.doubted.map(({ subject }) => subject)].sort()).toEqual(records.map(({ subject }) => subject).sort());
      expect([...read.subjects, ...read.withheld].sort()).toEqual(records.map(({ subject }) => subject).sort());
      expect(read.records.length).toBeGreaterThan(0);
    }),
  );
});

import { hash } from 'node:crypto';
import { canonicalJson, type CommittedFields, commitmentsOf, FORMAT_1, leafOf, newSalts } from './commitment.js';
import { ENTRY_COLUMNS } from './entry.table.js';

const fields = (changed: Partial<CommittedFields> = {}): CommittedFields => ({
  id: '7f1a7f0e-8c64-4a6e-9a3e-6a3f5a2b1c0d',
  at: 1_764_000_000_000,
  action: 'viewed-person',
  outcome: 'done',
  reader: 'amara.okafor',
  role: 'social-worker',
  team: 'Assessment East',
  person: null,
  subjects: [],
  reason: null,
  reference: null,
  shown: { states: { school: 'involved-now', police: 'not-checked' } },
  freshness: null,
  generation: 1,
  terms: null,
  requestId: 'r1',
  ...changed,
});
const part = (commitments: Buffer, field: (typeof FORMAT_1)[number]) =>
  commitments.subarray(FORMAT_1.indexOf(field) * 32, (FORMAT_1.indexOf(field) + 1) * 32).toString('hex');

describe('What an audit record commits to', () => {
  it('commits to every field that is stored, and to no other', () => {
    expect(Object.keys(ENTRY_COLUMNS).sort()).toEqual([...FORMAT_1].sort());
  });

  it('changes in exactly the field that was changed', () => {
    const salts = newSalts();
    const before = commitmentsOf(fields(), salts);
    const after = commitmentsOf(fields({ reader: 'priya.nair' }), salts);
    expect(FORMAT_1.filter((field) => part(before, field) !== part(after, field))).toEqual(['reader']);
    expect(leafOf(before).equals(leafOf(after))).toBe(false);
  });

  // Written apart from the code, by its description: a log of years ago must be proved by the same bytes.
  it('is for ever what the description of its format says', () => {
    const salts = Buffer.from(Array.from({ length: FORMAT_1.length * 16 }, (_, at) => at));
    const leaf = hash('sha256', leafOf(commitmentsOf(fields(), salts)));
    expect(leaf).toBe('1fb35e3319fe630bfdddcc21719b8468c108f53bd5d9f0914ca90939b571c582');
  });

  it('goes by every byte of a field’s own salt, and by no other', () => {
    const salts = newSalts();
    const before = commitmentsOf(fields(), salts);
    for (const [at, field] of FORMAT_1.entries())
      for (const byte of [at * 16, at * 16 + 15]) {
        const changed = Buffer.from(salts);
        changed[byte]! ^= 1;
        const after = commitmentsOf(fields(), changed);
        expect(FORMAT_1.filter((one) => part(before, one) !== part(after, one))).toEqual([field]);
      }
  });

  it('can’t be guessed from a short list of values: the same value is committed to differently each time', () => {
    expect(part(commitmentsOf(fields(), newSalts()), 'role')).not.toBe(part(commitmentsOf(fields(), newSalts()), 'role'));
  });

  it('still proves all other fields after one was lawfully blanked together with its salt', () => {
    const salts = newSalts();
    const kept = commitmentsOf(fields({ reader: 'amara.okafor' }), salts);
    const at = FORMAT_1.indexOf('reader');
    const blankedSalts = Buffer.from(salts);
    blankedSalts.fill(0, at * 16, (at + 1) * 16);
    const again = commitmentsOf(fields({ reader: null }), blankedSalts);
    expect(FORMAT_1.filter((field) => part(kept, field) !== part(again, field))).toEqual(['reader']);
  });

  it('does not depend on the order in which an object was written', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe(canonicalJson({ b: [1, { c: 'x', d: null }] }));
  });
});

import { commitmentsOf, type CommittedFields, FORMAT_1, newSalts, SALT_BYTES } from '../commitment.js';
import { REDACTABLE } from '../redactable.js';
import { type ExportedEntry, leafHashOf, NOT_COMMITTED, wrongFields } from './exported-entry.js';

it.each(FORMAT_1)('%s that is gone without a trace is right where it may go, and an edit where it must stay', (field) => {
  const fields = Object.fromEntries(FORMAT_1.map((name) => [name, `of ${name}`])) as CommittedFields;
  const salts = newSalts();
  const commitments = commitmentsOf(fields, salts).toString('base64');
  const at = FORMAT_1.indexOf(field) * SALT_BYTES;
  const blanked = Buffer.from(salts)
    .fill(0, at, at + SALT_BYTES)
    .toString('base64');
  const entry = { index: 0, leaf: null, format: 1, commitments, sink: 'database', drainedAt: null };
  const gone = { ...entry, fields: { ...fields, [field]: null }, salts: blanked, redacted: [field] };
  expect(wrongFields(gone)).toEqual((REDACTABLE as readonly string[]).includes(field) ? [] : [field]);
  expect(wrongFields({ ...gone, redacted: [] })).toEqual([field]);
});

it('Only what is said not to be committed to can be changed without a trace', () => {
  const fields = Object.fromEntries(FORMAT_1.map((name) => [name, `of ${name}`])) as CommittedFields;
  const salts = newSalts();
  const commitments = commitmentsOf(fields, salts).toString('base64');
  const proof = { index: 0, leaf: null, format: 1, commitments, salts: salts.toString('base64'), redacted: [] };
  const entry: ExportedEntry = { ...proof, fields, sink: 'database', drainedAt: null };
  const shows = (changed: ExportedEntry) => wrongFields(changed).length > 0 || !leafHashOf(changed).equals(leafHashOf(entry));
  for (const field of FORMAT_1) expect([field, shows({ ...entry, fields: { ...fields, [field]: 'changed' } })]).toEqual([field, true]);
  const changes = { sink: 'spool', drainedAt: 1 };
  expect(Object.keys(changes)).toEqual(NOT_COMMITTED);
  expect(shows({ ...entry, ...changes })).toBe(false);
});

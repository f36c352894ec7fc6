import fc from 'fast-check';
import { migrateReadModel, openReadModel, type ReadModelPool, tables } from '#lib/read-model';
import { freshDatabase } from '../../../test/support/fresh.js';
import { Fold } from './fold.js';
import { rowOf } from './register-write.js';
import { TableWriter } from './table-writer.js';

let pool: ReadModelPool;
beforeAll(async () => {
  const url = await freshDatabase('table-writer');
  await migrateReadModel(url, { partitions: 4 });
  pool = openReadModel(url, { forWriting: true });
});
afterAll(() => pool.end());

/** Any text a source may send: every script, quotes, brackets, backslashes, the words PostgreSQL gives a meaning to; short and long. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.constantFrom('', ' ', 'NULL', 'null', '{}', '{a,b}', '"', '\\', '\\x00', "O'Brien", 'a,b', '\t\n', 'x'.repeat(100), 'é'.repeat(41)),
  )
  .filter((value) => !value.includes('\0') && value.isWellFormed());
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const whole = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1, 1764000000123),
);
const uuid = fc.uuid();
const json = fc.array(fc.record({ family: maybe(text), given: fc.array(text, { maxLength: 3 }), open: fc.boolean() }), { maxLength: 3 });
const record = fc.record({
  subject: uuid,
  source: text,
  record_id: text,
  position: fc.nat(),
  phone: maybe(text),
  names: json,
  confirmed_at: maybe(whole),
  search_keys: fc.array(text, { maxLength: 5 }),
  present: maybe(fc.boolean()),
  replaced_by: maybe(uuid),
});

describe('Values on their way to PostgreSQL', () => {
  it('arrive as they were, whatever they hold and however many travel together', async () => {
    const writer = new TableWriter('read_1', tables.record);
    const rows = fc.uniqueArray(record, { selector: ({ subject }) => subject, minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const fold = new Fold();
        for (const { subject, source, record_id, position, phone, names, confirmed_at, search_keys, present, replaced_by } of given) {
          const write = rowOf(tables.record, { subject }, { source, record_id }, { epoch: 0, position });
          const details = {
            names,
            phone,
            confirmed_at,
            search_keys,
            flags: [],
            addresses: [],
            identifiers: [],
            gender: null,
            restriction: null,
          };
          const born = { date_of_birth: null, date_of_birth_precision: null, deceased_on: null, details_at: null };
          fold.add(write('details', { ...details, ...born }));
          if (present !== null) fold.add(write('presence', { present, removed_reason: null }));
          if (replaced_by !== null) fold.add(write('replacement', { replaced_by }));
        }
        await pool.query('TRUNCATE read_1.record');
        await pool.query(writer.statement(fold.rowsOf(tables.record)));
        const { rows: found } = await pool.query(
          `SELECT subject, source, record_id, details_position AS position, phone, names, confirmed_at, search_keys, present, replaced_by
           FROM read_1.record ORDER BY subject`,
        );
        expect(found).toEqual([...given].sort((a, b) => (a.subject < b.subject ? -1 : 1)));
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
});

/** Whoever is hidden when they are looked up alone is hidden among many, and nobody else. */
import fc from 'fast-check';
import { migrateReadModel, restrictingAmong, restricts } from '#lib/read-model';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { born, name, StoredPeople, type StoredRecordOptions } from '../../../../test/support/stored-people.js';
import { knownAmong, knownTo } from './known-to.js';

let people: StoredPeople;
beforeAll(async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 2 });
  people = await StoredPeople.open(url);
});
afterAll(() => people?.close());

/** Few names, days and numbers, so that many records are like another. */
const [NUMBERS, IDS] = [
  ['9990000018', '9990000042', '9990000019'],
  ['100', '200', '300', '400'],
];
const record: fc.Arbitrary<StoredRecordOptions> = fc.record({
  source: fc.constantFrom('mosaic', 'synergy', 'cis'),
  recordId: fc.constantFrom(...IDS),
  names: fc
    .tuple(fc.constantFrom('Ashdown', 'Ashdowne', 'Reid'), fc.constantFrom('Thomas', 'Tommy', 'Ada'))
    .map((words) => [name(...words)]),
  dateOfBirth: fc.option(fc.constantFrom(born('2012-05-12'), born('2012-05', 'month'), born('2014-01-01'))),
  identifiers: fc
    .array(
      fc.constantFrom(
        ...NUMBERS.map((value) => ({ type: 'nhs' as const, value })),
        ...IDS.map((value) => ({ type: 'cms' as const, value })),
      ),
      {
        maxLength: 2,
      },
    )
    .map((identifiers) => identifiers),
  restriction: fc.constantFrom('none', 'none', 'none', 'none', 'restricted'),
  present: fc.constantFrom(true, true, true, false),
  removedReason: fc.constantFrom('entered-in-error', 'withdrawn'),
});
const READER = `'amara.okafor'`;
const places = fc.array(fc.nat(), { maxLength: 3 });

it('who is restricted, or known to the reader, among many is who is so alone: marked by a source, by hand, or like somebody who is', async () => {
  const restricted = { none: 0, some: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 2, maxLength: 12 }),
      places,
      places,
      places,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }),
      async (given, byHand, declared, withdrawn, apart) => {
        await people.pool.query(
          `TRUNCATE ${people.schema}.record, ${people.schema}.record_person, ${people.schema}.kept_apart, decided.restriction, decided.declaration`,
        );
        const subjects: string[] = [];
        for (const one of given) subjects.push((await people.record(one)).subject);
        const at = (place: number) => subjects[place % subjects.length]!;
        await people.restrictByHand(...new Set(byHand.map(at)));
        await people.pool.query(
          `INSERT INTO decided.declaration (declaration, reader, subject) SELECT gen_random_uuid(), 'amara.okafor', unnest($1::uuid[])`,
          [[...new Set(declared.map(at))]],
        );
        // What was taken back counts no more; another reader’s never did.
        const left = withdrawn.map(at);
        await people.pool.query('UPDATE decided.declaration SET withdrawn_at = now() WHERE subject = ANY ($1)', [left]);
        await people.pool.query(
          `INSERT INTO decided.declaration (declaration, reader, subject) SELECT gen_random_uuid(), 'dan.whittle', unnest($1::uuid[])`,
          [[...new Set(left)]],
        );
        for (const [one, other] of apart) await people.keepApart(at(one), at(other));
        const half = subjects.filter((_, place) => place % 2 === 0);
        for (const asked of [subjects, half, [at(0)]]) {
          const alone = await subjectsOf(
            `SELECT subject FROM record r WHERE subject = ANY ($2::uuid[]) AND ${restricts('r', '$1')}`,
            asked,
          );
          const these = 'these AS (SELECT * FROM record WHERE subject = ANY ($2::uuid[]))';
          const known = await subjectsOf(
            `SELECT subject FROM record r WHERE subject = ANY ($2::uuid[]) AND ${knownTo(READER, 'r', '$1')}`,
            asked,
          );
          const among = `WITH ${these}, ${restrictingAmong('these', '$1', READER)}`;
          expect(await subjectsOf(`${among} SELECT subject FROM restricting`, asked)).toEqual(alone);
          expect(await subjectsOf(`${among} SELECT subject FROM these r WHERE ${knownAmong(READER, 'r')}`, asked)).toEqual(known);
          expect(await subjectsOf(`WITH ${these}, ${restrictingAmong('these', '$1')} SELECT subject FROM restricting`, asked)).toEqual(
            alone,
          );
          restricted[alone.length > 0 && alone.length < asked.length ? 'some' : 'none'] += 1;
        }
      },
    ),
    { numRuns: 60 },
  );
  expect(restricted.some).toBeGreaterThan(30);
});

async function subjectsOf(text: string, asked: string[]): Promise<string[]> {
  const client = await people.pool.connect();
  try {
    await client.query(`SET search_path = ${people.schema}`);
    return (await client.query<{ subject: string }>(text, ['mosaic', asked])).rows.map(({ subject }) => subject).sort();
  } finally {
    client.release(true);
  }
}

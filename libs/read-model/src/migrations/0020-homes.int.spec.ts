import { MigratedReadModel } from '../../../../test/support/migrated-read-model.js';

let model: MigratedReadModel;
beforeAll(async () => {
  model = await MigratedReadModel.open();
});
afterAll(() => model?.close());

const home = (lines: string[], postcode: string | null, uprn: string | null = null) => ({ lines, postcode, uprn });
const HOMES: [string, object, object, boolean][] = [
  ['one property, written otherwise', home(['9 Mill Row'], 'NB4 2QT', '1'), home(['Mill Cottage', '9 Mill Rd'], null, '1'), true],
  ['one property, a number left out', home(['2 Mill Court', '9 Mill Row'], null, '1'), home(['Flat 2, Mill Court'], null, '1'), true],
  [
    'two flats under the property of their block',
    home(['Flat 3', '9 Mill Row'], null, '1'),
    home(['Flat 4, 9 Mill Row'], null, '1'),
    false,
  ],
  ['two properties of one number', home(['Flat A, 9 Mill Row'], 'NB4 2QT', '1'), home(['Flat B, 9 Mill Row'], 'NB4 2QT', '2'), false],
  ['one number, the property known of one', home(['9 Mill Row'], 'nb42qt', '1'), home(['9, Mill Rd', 'Northbridge'], 'NB4 2QT'), true],
  ['a house that has a name alone', home(['Rose Cottage'], 'NB4 2QT'), home(['rose cottage'], 'NB4 2QT'), true],
  ['two names', home(['Rose Cottage'], 'NB4 2QT'), home(['Ivy Cottage'], 'NB4 2QT'), false],
  ['next door', home(['9 Mill Row'], 'NB4 2QT'), home(['10 Mill Row'], 'NB4 2QT'), false],
  ['the number elsewhere', home(['9 Mill Row'], 'NB4 2QT'), home(['9 Mill Row'], 'NB5 1AA'), false],
  ['a postcode alone', home([], 'NB4 2QT'), home([], 'NB4 2QT'), false],
  ['one property, its number padded', home(['9 Mill Row'], null, '0010'), home(['9 Mill Row'], null, '10'), true],
  [
    'the number of the flat and that of its block',
    home(['Flat 3', '20 Mill Row'], 'NB4 2QT', '1'),
    home(['Flat 3, 20 Mill Row'], 'NB4 2QT', '2'),
    true,
  ],
  ['numbers in another order', home(['Flat 3', '20 Mill Row'], 'NB4 2QT'), home(['20 Mill Row', 'Flat 3'], 'NB4 2QT'), true],
  ['the postcode written twice', home(['9 Mill Row', 'nb4 2qt'], 'NB4 2QT'), home(['9 Mill Row'], 'NB4 2QT'), true],
  ['nothing', home([], null), home([], null), false],
];

it.each(HOMES)('two addresses are one home or two: %s', async (_, one, other, same) => {
  const { rows } = await model.query<{ same: boolean; back: boolean; shared: boolean }>(
    `SELECT control.is_same_home($1, $2) AS same, control.is_same_home($2, $1) AS back,
            control.home_keys(jsonb_build_array($1::jsonb)) && control.home_keys(jsonb_build_array($2::jsonb)) AS shared`,
    [JSON.stringify(one), JSON.stringify(other)],
  );
  expect([rows[0]!.same, rows[0]!.back]).toEqual([same, same]);
  // else the index would not bring them together
  if (same) expect(rows[0]!.shared).toBe(true);
});

it('generations of before get the index, with what they hold; one that has no tables yet is left to its builder', async () => {
  await model.query(`
    DELETE FROM control.migration WHERE name LIKE 'Homes%';
    DROP INDEX read_1.record_8;
    DROP FUNCTION control.is_same_home, control.home_keys, control.home_by_postcode, control.home_numbers, control.home_words, control.home_uprn;
    INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage) VALUES (3, 'read_3', 1, 1, 'building', 'waiting');
    INSERT INTO read_1.record (subject, addresses) VALUES
      ('00000000-0000-4000-8000-000000000001', '[{"lines": ["9 Mill Row"], "postcode": "NB4 2QT", "uprn": null}]'),
      ('00000000-0000-4000-8000-000000000002', NULL)`);
  await model.migrateAgain();
  const { rows } = await model.query(`SELECT subject FROM read_1.record WHERE control.home_keys(addresses) @> ARRAY['p:NB42QT:9']`);
  expect(rows).toEqual([{ subject: '00000000-0000-4000-8000-000000000001' }]);
  expect((await model.query(`SELECT to_regclass('read_1.record_8') IS NOT NULL AS made`)).rows).toEqual([{ made: true }]);
});

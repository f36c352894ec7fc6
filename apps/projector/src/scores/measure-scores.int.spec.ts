import { liveGeneration, migrateReadModel, openReadModel, type ReadModelPool } from '#lib/read-model';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { address, born, madeUpName, name, StoredPeople, type StoredRecordOptions } from '../../../../test/support/stored-people.js';
import { DEFAULT_BIRTH_DATES } from '#lib/matching';
import { lastMeasured, measureScores } from './measure-scores.js';
import { loadTellingSources } from './telling-sources.js';

let pool: ReadModelPool;
let people: StoredPeople;
beforeAll(async () => {
  const url = await freshDatabase('scores');
  await migrateReadModel(url, { partitions: 2 });
  pool = openReadModel(url);
  people = await StoredPeople.open(url);
});
afterAll(async () => {
  await people?.close();
  await pool?.end();
});
beforeEach(() => pool.query('TRUNCATE control.source_score, read_1.record, read_1.involvement, read_1.record_person'));

const measure = async (at = '2026-11-26T12:00:00Z') => {
  await measureScores(pool, (await liveGeneration(pool)).schema, Date.parse(at), loadTellingSources('deploy/authority/northbridge.json'));
  return scores();
};
const scores = async () =>
  (await pool.query('SELECT source, week, figures FROM control.source_score ORDER BY source, week')).rows as {
    source: string;
    week: string;
    figures: Record<string, number>;
  }[];
const record = (identifiers: { type: string; value: string }[], more: StoredRecordOptions = {}) =>
  people.record({ names: [name(madeUpName(), 'Ada')], identifiers: identifiers as StoredRecordOptions['identifiers'], ...more });

describe('The scorecard of a source', () => {
  it('counts what its records and open involvements hold', async () => {
    const { subject } = await record([], { dateOfBirth: born('2014-05-14'), addresses: [address('1 High St', 'NB1 4QT')] });
    await record([], { dateOfBirth: null, addresses: [{ ...address('2 High St', ''), postcode: null }] });
    await people.involvement(subject);
    const [score] = await measure();
    expect(score).toMatchObject({
      source: 'mosaic',
      week: '2026-11-23',
      figures: { records: 2, withBirthDate: 1, withPostcode: 1, open: 1, duplicates: 0 },
    });
  });

  it('counts by the day, as pages do: what has begun and is not over, of records that the source still holds', async () => {
    const { subject } = await record([]);
    for (const openedOn of ['2026-11-26', '2026-11-27']) await people.involvement(subject, { openedOn });
    await people.involvement(subject, { described: false });
    for (const closedOn of ['2026-11-26', '2026-11-27', '2026-11-27', undefined])
      await people.involvement(subject, { status: 'closed', closedOn });
    await people.involvement(subject, { status: null });
    await people.involvement(subject, { status: 'retracted' });
    const gone = await record([], { present: false, removedReason: 'entered-in-error' });
    await people.involvement(gone.subject);
    const open = async (at: string) => (await measure(at))[0]!.figures.open;
    expect(await open('2026-11-26T23:59:00Z')).toBe(5);
    expect(await open('2026-11-27T00:01:00Z')).toBe(4);
    await people.involvement(subject, { openedOn: '2026-11-28' });
    expect([await open('2026-11-27T12:00:00Z'), await open('2026-11-28T12:00:00Z')]).toEqual([4, 5]);
  });

  it('judges identifiers as matching does', async () => {
    const right = { nhs: ['9434765919', '943 476 5919', '4010232137'], upn: ['T823429995004', 'l82342999500a'] };
    const wrong = { nhs: ['9434765918', '1111111111', '943476591'], upn: ['A823429995004', 'A82342999500A', 'nonsense'] };
    for (const values of [right, wrong])
      for (const [type, list] of Object.entries(values)) for (const value of list) await record([{ type, value }]);
    await record([{ type: 'cms', value: 'anything' }]);
    expect((await measure())[0]!.figures).toMatchObject({ records: 12, identifiers: 11, wrongIdentifiers: 6 });
  });

  it('counts dates of birth that say nothing, but not as a date of birth, and numbers that two records born on different days share', async () => {
    for (const date of DEFAULT_BIRTH_DATES) await record([], { dateOfBirth: born(date) });
    await record([{ type: 'nhs', value: '9434765919' }], { dateOfBirth: born('2014-05-14') });
    await record([{ type: 'nhs', value: '943 476 5919' }], { dateOfBirth: born('2014-05-15') });
    for (let same = 0; same < 2; same += 1) await record([{ type: 'nhs', value: '4010232137' }], { dateOfBirth: born('2016-01-02') });
    const unlike = ['1900-01-01', '2014', '2014-05-18'].map((date) => born(date, date.length === 4 ? 'year' : 'day'));
    for (const dateOfBirth of unlike) await record([{ type: 'nhs', value: '9876543210' }], { dateOfBirth });
    for (const date of ['2014-05-16', '2014-05-17']) await record([{ type: 'nhs', value: '1111111111' }], { dateOfBirth: born(date) });
    // 1 January 1970 is filled in too, and is many people's own.
    expect((await measure())[0]!.figures).toMatchObject({
      records: DEFAULT_BIRTH_DATES.length + 9,
      withBirthDate: 9,
      defaultBirthDates: DEFAULT_BIRTH_DATES.length + 1,
      clashingIdentifiers: 2,
    });
  });

  it('forgets a problem that the next version puts right, and keeps the last of each week', async () => {
    const { subject } = await record([{ type: 'nhs', value: '9434765918' }]);
    expect((await measure('2026-11-19T12:00:00Z'))[0]!.figures.wrongIdentifiers).toBe(1);
    await pool.query(`UPDATE read_1.record SET identifiers = '[{"type": "nhs", "value": "9434765919"}]' WHERE subject = $1`, [subject]);
    const both = await measure();
    expect(both.map(({ week, figures }) => [week, figures.wrongIdentifiers])).toEqual([
      ['2026-11-16', 1],
      ['2026-11-23', 0],
    ]);
    expect(await lastMeasured(pool)).toBe(Date.parse('2026-11-26T12:00:00Z'));
  });

  it('counts records of one person as duplicates within the source', async () => {
    const one = await record([]);
    await record([], { person: one.person });
    expect((await measure())[0]!.figures.duplicates).toBe(1);
  });
});

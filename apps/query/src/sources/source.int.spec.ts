/** What the team of a source sees of what it sent. */
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { StoredOperations } from '../../../../test/support/stored-operations.js';
import type { SourceReport } from './source-report.js';

let app: QueryApp;
let stored: StoredOperations;
const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/London' });
beforeAll(async () => {
  app = await QueryApp.open();
  stored = new StoredOperations(app.people.pool);
});
afterAll(() => app?.close());

const wordsOf = ({ text }: Got) => textOf(text);
const report = async (source: string, reader = 'nora.finch') => {
  const got = await app.getUnasked(`/v1/sources/${source}`, reader);
  expect(got.status).toBe(200);
  return JSON.parse(got.text) as SourceReport;
};
/** As they are kept of a week. */
const figures = (withBirthDate: number) => ({
  records: 200,
  withBirthDate,
  withPostcode: 0,
  duplicates: 0,
  identifiers: 0,
  wrongIdentifiers: 0,
  open: 3,
  withPractitioner: 3,
  withPhone: 1,
  withEmail: 0,
  received: 10,
  refused: 1,
});

describe('The page of a source', () => {
  it('says what was received, accepted and refused, by which rule at which field, and how to fix it', async () => {
    await stored.tally('mosaic', today(), { received: 1_200, applied: 1_200 });
    await app.people.pool.query(`INSERT INTO control.rejected VALUES ('mosaic', $1, 'real-date', 34)`, [today()]);
    const at = Date.parse('2026-11-26T09:00:00Z');
    for (const [day, fix, last] of [
      ['2020-01-01', 'too old to tell', 1],
      [today(), 'Correct the date.', at],
    ] as const)
      await app.people.pool.query(
        `INSERT INTO control.rejected_field VALUES ('mosaic', $1, 'PersonRecorded', '/addresses/-/from', 'real-date', 'a date', $2, 35, $3)`,
        [day, fix, last],
      );
    const page = wordsOf(await app.getUnasked('/sources/mosaic', 'nora.finch'));
    expect(page).toMatch(/Received 1,234 .*Accepted 1,200 .*Refused 34/);
    expect(page).toMatch(/PersonRecorded .*\/addresses\/-\/from .*real-date .*Correct the date\. .*35 .*26 Nov 2026 at 09:00/);
    expect(page).not.toContain('too old to tell');
    expect(await report('mosaic')).toMatchObject({
      received: [{ day: today(), accepted: 1_200, refused: 34 }],
      refusals: [{ times: 35, lastAt: at }],
    });
  });

  it('shows the scorecard by week, newest first', async () => {
    for (const [week, count] of [
      ['2026-11-16', 150],
      ['2026-11-23', 199],
    ] as const)
      await app.people.pool.query(`INSERT INTO control.source_score VALUES ('mosaic', $1, $2, $3)`, [
        week,
        `${week}T12:00:00Z`,
        figures(count),
      ]);
    const page = wordsOf(await app.getUnasked('/sources/mosaic', 'nora.finch'));
    expect(page).toMatch(/Records with a date of birth Now 99\.5 % \(199 of 200\) Week of 16 Nov 2026 75 % \(150 of 200\)/);
    expect(page).toContain('none to measure');
    expect((await report('mosaic')).score.map(({ week, withBirthDate }) => [week, withBirthDate])).toEqual([
      ['2026-11-23', 199],
      ['2026-11-16', 150],
    ]);
  });

  it('tells in tens of how many people another source has another date of birth, and of weeks before that was measured that it was not', async () => {
    for (const [week, more] of [
      ['2026-11-09', {}],
      ['2026-11-16', { clashingElsewhere: 0 }],
      ['2026-11-23', { clashingElsewhere: 1_230 }],
    ] as const)
      await app.people.pool.query(`INSERT INTO control.source_score VALUES ('liquidlogic', $1, $2, $3)`, [
        week,
        `${week}T12:00:00Z`,
        { ...figures(1), ...more },
      ]);
    expect(wordsOf(await app.getUnasked('/sources/liquidlogic', 'nora.finch'))).toMatch(
      /another source has under another date of birth Now about 1,230 Week of 16 Nov 2026 fewer than 10 Week of 9 Nov 2026 not measured/,
    );
    expect((await report('liquidlogic')).score.map(({ clashingElsewhere }) => clashingElsewhere)).toEqual([1_230, 0, null]);
  });

  it('tells the match rate as at least so many in tens, what it leaves out and what a low one may mean, and of weeks before it that it was not measured', async () => {
    for (const [week, more] of [
      ['2026-11-02', {}],
      ['2026-11-09', { people: 0, knownElsewhere: 0 }],
      ['2026-11-16', { people: 35, knownElsewhere: 0 }],
      ['2026-11-23', { people: 1_014, knownElsewhere: 630 }],
    ] as const)
      await app.people.pool.query(`INSERT INTO control.source_score VALUES ('insight', $1, $2, $3)`, [
        week,
        `${week}T12:00:00Z`,
        { ...figures(1), ...more },
      ]);
    const page = wordsOf(await app.getUnasked('/sources/insight', 'nora.finch'));
    expect(page).toMatch(
      /Match rate: people of whom another source has a record too Now at least 62\.1 % \(630 of 1,014\) Week of 16 Nov 2026 fewer than 10 of 35 Week of 9 Nov 2026 none to measure Week of 2 Nov 2026 not measured/,
    );
    for (const words of ['counted once a week', 'So the true rate may be higher', 'A low rate need not be a fault'])
      expect(page).toContain(words);
    expect((await report('insight')).score.map(({ people, knownElsewhere }) => [people, knownElsewhere])).toEqual([
      [1_014, 630],
      [35, 0],
      [0, 0],
      [null, null],
    ]);
  });

  it('says that nothing is known where nothing is: no bare space, and no “on time”', async () => {
    const page = wordsOf(await app.getUnasked('/sources/childview', 'ola.berg'));
    expect(page).toMatch(
      /Nothing was received in the last 30 days.*Nothing was refused in the last 30 days.*Nothing has been measured yet/,
    );
  });
});

describe('A source', () => {
  it('is seen by its own team, the data analysts and operations; to other teams it is not there', async () => {
    expect((await app.getUnasked('/sources/synergy', 'sofia.marsh')).status).toBe(200);
    for (const path of ['/sources/mosaic', '/v1/sources/mosaic']) expect((await app.getUnasked(path, 'sofia.marsh')).status).toBe(404);
    expect(wordsOf(await app.getUnasked('/sources', 'sofia.marsh'))).not.toContain('Mosaic');
    expect((await app.getUnasked('/sources/mosaic', 'ola.berg')).status).toBe(200);
    expect((await app.getUnasked('/sources/mosaic', 'ig.officer')).status).toBe(403);
  });

  it('is looked at on record', async () => {
    const got = await app.getUnasked('/sources/mosaic', 'nora.finch');
    expect((await app.auditOf(got)).map(({ action, outcome, shown }) => [action, outcome, shown])).toEqual([
      ['viewed-source', 'done', { page: 'report', source: 'mosaic' }],
    ]);
    const none = await app.getUnasked('/sources/none', 'nora.finch');
    expect((await app.auditOf(none)).map(({ outcome, shown }) => [outcome, shown])).toEqual([
      ['nothing-found', { page: 'report', source: null }],
    ]);
  });
});

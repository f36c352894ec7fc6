import { randomUUID } from 'node:crypto';
import { eventually } from '../../../test/support/eventually.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { born, madeUpName, name, type StoredPeople } from '../../../test/support/stored-people.js';

let app: QueryApp;
let people: StoredPeople;
let person: string;
beforeAll(async () => {
  app = await QueryApp.open();
  people = app.people;
  ({ person } = await people.record({ names: [name(madeUpName(), madeUpName())], dateOfBirth: born('1990-01-02') }));
});
afterAll(() => app?.close());

const adultSocialCare = async () => {
  const { result, sources } = (await app.get(`/v1/people/${person}`)).body;
  return {
    state: result.panels.find(({ service }) => service === 'adult-social-care')!.state,
    freshness: sources.find(({ source }) => source === 'cis')!,
  };
};
const live = (text: string) => people.pool.query(`SET search_path = read_1; ${text}; RESET search_path`);

describe('Freshness of a source', () => {
  it('is as old as its oldest partition', async () => {
    const old = Date.now() - 3_600_000;
    await live(`UPDATE coverage SET complete_to = ${old} WHERE source = 'cis' AND partition = 1`);
    expect((await adultSocialCare()).freshness).toMatchObject({ completeTo: old, late: false });
    const older = Date.now() - 3 * 3_600_000;
    await live(`UPDATE coverage SET complete_to = ${older} WHERE source = 'cis' AND partition = 1`);
    const { state, freshness } = await adultSocialCare();
    expect(freshness).toMatchObject({ completeTo: older, late: true, lateWords: expect.stringContaining('expected every hour') });
    expect(state.reason).toBe('source-late');
    await people.checked('cis', 'adult-social-care');
  });

  it('counts only once its check has arrived in every partition', async () => {
    await live(`DELETE FROM coverage WHERE source = 'cis' AND partition = 1`);
    const { state, freshness } = await adultSocialCare();
    expect(freshness.completeTo).toBeNull();
    expect(state).toMatchObject({ kind: 'not-checked', reason: 'no-coverage' });
    await people.checked('cis', 'adult-social-care');
    expect((await adultSocialCare()).state.kind).toBe('nothing-found');
  });
});

describe('A source whose records have dropped', () => {
  const alarm = (end: string) => people.pool.query(`UPDATE control.alarm SET ${end} = now() WHERE source = 'cis'`);

  it('is told for as long as the alarm is open and nobody has accepted it', async () => {
    const raise = () =>
      people.pool.query(`INSERT INTO control.alarm (code, source, details) VALUES ('source-dropped', 'cis', '{"what": "records"}')`);
    await raise();
    const { state, freshness } = await adultSocialCare();
    expect(state).toMatchObject({ kind: 'not-checked', reason: 'source-dropped' });
    expect(freshness).toMatchObject({ dropped: { what: 'records', since: expect.any(Number) } });
    expect(freshness.droppedWords).toMatch(
      /^CIS holds far fewer records since .*: some may be missing\. Ring the Adult Social Care duty team/,
    );
    await alarm('accepted_at');
    expect((await adultSocialCare()).state.kind).toBe('nothing-found');
    await alarm('cleared_at');
    await raise();
    expect((await adultSocialCare()).state.reason).toBe('source-dropped');
    await alarm('cleared_at');
    expect((await adultSocialCare()).freshness).toMatchObject({ dropped: null, droppedWords: null });
  });
});

describe('"Checked, nothing found" waits for the matcher', () => {
  it('until it has passed the source’s check in every partition of the log', async () => {
    await people.checked('cis', 'adult-social-care', { offset: 2_000_000 });
    expect((await adultSocialCare()).state.reason).toBe('matching-pending');
    for (const identity of [0, 1]) await people.matchedUpTo(identity, 0, 2_000_001);
    await people.matchedUpTo(0, 1, 2_000_001);
    await people.matchedUpTo(1, 1, 2_000_000);
    expect((await adultSocialCare()).state.reason).toBe('matching-pending');
    await people.matchedUpTo(1, 1, 2_000_001);
    expect((await adultSocialCare()).state.kind).toBe('nothing-found');
  });

  it('and until every partition of the identity log has told so', async () => {
    await live('DELETE FROM matched_up_to WHERE identity_partition = 1');
    expect((await adultSocialCare()).state.reason).toBe('matching-pending');
    for (const log of [0, 1]) await people.matchedUpTo(1, log, 2_000_001);
    expect((await adultSocialCare()).state.kind).toBe('nothing-found');
  });
});

describe('Events held back', () => {
  const heldBack = async () => {
    const { body } = await app.get(`/v1/people/${person}`);
    const sources = body.sources.filter((source) => source.heldBack).map(({ source }) => source);
    await live('DELETE FROM parked');
    return sources;
  };

  it('of somebody not known yet could be about anybody: their source can’t say "nothing found"', async () => {
    await people.parked(randomUUID(), 'cis');
    expect((await adultSocialCare()).state.reason).toBe('held-back');
    expect(await heldBack()).toEqual(['cis']);
  });

  it('of a record that has a person and is not described yet could be about anybody too', async () => {
    const seen = randomUUID();
    await people.assign(seen, randomUUID());
    await people.parked(seen, 'cis');
    expect((await adultSocialCare()).state.reason).toBe('held-back');
    expect(await heldBack()).toEqual(['cis']);
  });

  it('of nobody knows whom count the same, of nobody knows which source for all', async () => {
    await people.parked(null, 'cis');
    expect(await heldBack()).toEqual(['cis']);
    await people.parked(null, null);
    expect(new Set(await heldBack()).size).toBe(10);
  });

  it('of somebody else do not concern this person', async () => {
    await people.parked((await people.record()).subject, 'cis');
    expect(await heldBack()).toEqual([]);
  });
});

describe('Freshness that was read a moment ago', () => {
  const open = () => QueryApp.open({ FRESHNESS_KEPT_MS: '1000' });

  it('is read again after that moment, and what is known of a person each time', async () => {
    const own = await open();
    const { person: known, subject } = await own.people.record({ names: [name(madeUpName(), madeUpName())] });
    const said = async () => (await own.get(`/v1/people/${known}`)).body;
    const cis = async () => (await said()).sources.find(({ source }) => source === 'cis')!.completeTo;
    const before = await cis();
    await own.people.pool.query(`UPDATE read_1.coverage SET complete_to = 1000`);
    await own.people.pool.query(`UPDATE read_1.record SET deceased_on = '2026-11-01' WHERE subject = $1`, [subject]);
    expect((await said()).result.identity.deceasedOn).toBe('2026-11-01');
    await eventually('it was read again', async () => (await cis()) === 1000, { within: 5_000 });
    expect(before).toBeGreaterThan(1000);
    await own.close();
  });

  it('is not said of another build of the index', async () => {
    const own = await open();
    const { person: known } = await own.people.record({ names: [name(madeUpName(), madeUpName())] });
    const said = async () => (await own.get(`/v1/people/${known}`)).body;
    expect((await said()).generation).toBe(1);
    await own.people.pool.query(`
      UPDATE control.generation SET state = 'retired' WHERE id = 1;
      INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage)
        SELECT 2, 'read_2', fold_version, partitions, 'live', 'built' FROM control.generation WHERE id = 1;
      ALTER SCHEMA read_1 RENAME TO read_2;
      UPDATE read_2.coverage SET complete_to = 1000`);
    const { generation, sources } = await said();
    expect([generation, ...new Set(sources.map(({ completeTo }) => completeTo))]).toEqual([2, 1000]);
    await own.close();
  });
});

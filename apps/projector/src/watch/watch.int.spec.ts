import { SourceEvent, topicsOf } from '#lib/events';
import { connectKafka } from '#lib/kafka';
import { askRequest, openReadModel, type ReadModelPool } from '#lib/read-model';
import { createLogger, Metrics, type Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { publishCheck } from '../../../../test/support/source-check.js';
import { readProjectorSettings } from '../settings.js';
import { startProjector } from '../start.js';
import type { AlarmCode } from './alarm.js';
import { loadSources } from './load-sources.js';
import { Watch } from './watch.js';
import { WatchMeasures } from './watch-measures.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let upkeep: Running;
let running: Running[];
beforeAll(async () => {
  env = await appEnv({
    PROJECTOR_CHECK_SECONDS: '0',
    PROJECTOR_WATCH_SECONDS: '1',
    PROJECTOR_COUNT_SECONDS: '1',
    PROJECTOR_ALARM_PARKED: '2',
    PROJECTOR_ALARM_BEHIND_SECONDS: '5',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  upkeep = await startProjector({ ...env, PROJECTOR_TASK: 'upkeep' });
  running = [upkeep, await startProjector(env)];
});
afterAll(async () => {
  await Promise.all(running.map((app) => app.stop()));
  await log.close();
  await pool.end();
});

const open = async (code: AlarmCode, source: string | null = null) =>
  (
    await pool.query('SELECT * FROM control.alarm WHERE cleared_at IS NULL AND code = $1 AND source IS NOT DISTINCT FROM $2', [
      code,
      source,
    ])
  ).rows[0] as { details: Record<string, unknown> } | undefined;
const raised = (code: AlarmCode, source: string | null = null) =>
  eventually(`${code} being raised`, () => open(code, source), { within: 15_000 });
const cleared = (code: AlarmCode, source: string | null = null) =>
  eventually(`${code} being cleared`, async () => !(await open(code, source)), { within: 15_000 });
const metrics = async (app = upkeep) => (await fetch(`${app.url}/metrics`)).text();
/** An alarm is kept first and measured at the end of the same look. */
const measured = (line: string) => eventually(line, async () => (await metrics()).split('\n').includes(line), { within: 10_000 });
const day = async (source: string) =>
  (await pool.query('SELECT * FROM control.source_day WHERE source = $1', [source])).rows[0] as Record<string, number>;

const mosaic = (o: { ago?: number; recordsHeld?: number; openInvolvementsHeld?: number } = {}) =>
  publishCheck(log, { source: 'mosaic', service: 'childrens-social-care', ...o });
let position = 0;
const opened = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    SourceEvent.parse({
      type: 'InvolvementOpened',
      source: 'niche',
      recordId: String(index),
      sourceVersion: { epoch: 0, position: (position += 1) },
      occurredAt: '2026-05-01T09:00:00Z',
      involvementId: `i-${index}`,
      service: 'police',
    }),
  );

describe('A silent source', () => {
  it('is one that was never heard', async () => {
    expect((await raised('source-silent', 'synergy')).details).toEqual({ lastHeardAt: null, completeTo: null });
    await measured('index_source_late{source="synergy",app="projector"} 1');
  });

  it('is over as soon as it says that it is complete, and raised when it was complete too long ago', async () => {
    await raised('source-silent', 'mosaic');
    await mosaic();
    await cleared('source-silent', 'mosaic');
    await mosaic({ ago: 29 });
    await eventually('a silence of 29 minutes', async () =>
      /index_source_silence_seconds\{source="mosaic",app="projector"\} 17[45]\d/.test(await metrics()),
    );
    expect(await open('source-silent', 'mosaic')).toBeUndefined();
    await mosaic({ ago: 31 });
    await raised('source-silent', 'mosaic');
    await measured('index_alarm_open{code="source-silent",source="mosaic",app="projector"} 1');
    await measured('index_source_late{source="mosaic",app="projector"} 1');
    await mosaic();
    await cleared('source-silent', 'mosaic');
  });

  it('has minutes of its day counted, each once, however often they are looked at', async () => {
    const before = await day('synergy');
    for (let looks = 0; looks < 3; looks += 1) {
      const from = await watchedAt();
      await eventually('another look', async () => (await watchedAt()) > from);
    }
    const { minutes_late: late, minutes_on_time: onTime } = await day('synergy');
    expect(onTime).toBe(0);
    expect(late! - before.minutes_late!).toBeLessThanOrEqual(1);
    expect(late).toBeGreaterThanOrEqual(1);
  });
});

const watchedAt = async () => Number(/index_watched_at_seconds\{app="projector"\} ([\d.]+)/.exec(await metrics())?.[1]);

describe('A source that drops', () => {
  it('by its own word alarms, though it is on time, and is over when its records come back', async () => {
    await mosaic({ recordsHeld: 1_000, openInvolvementsHeld: 500 });
    await eventually('its claim', async () => Number((await day('mosaic')).records_held) === 1_000, { within: 10_000 });
    await mosaic({ recordsHeld: 700, openInvolvementsHeld: 499 });
    const { details } = await raised('source-dropped', 'mosaic');
    expect(details).toEqual({ what: 'records', from: { recordsHeld: 1_000 }, to: { recordsHeld: 700 } });
    await measured('index_source_dropped{source="mosaic",app="projector"} 1');
    await mosaic({ recordsHeld: 900, openInvolvementsHeld: 499 });
    await cleared('source-dropped', 'mosaic');
  });

  it('is no alarm any more when somebody accepts it, and the next drop is measured from there', async () => {
    await mosaic({ recordsHeld: 900, openInvolvementsHeld: 300 });
    expect((await raised('source-dropped', 'mosaic')).details).toMatchObject({ what: 'open-involvements', from: { openHeld: 500 } });
    await pool.query(`UPDATE control.alarm SET accepted_at = now() WHERE code = 'source-dropped' AND cleared_at IS NULL`);
    await cleared('source-dropped', 'mosaic');
    const from = await watchedAt();
    await eventually('two more looks', async () => (await watchedAt()) > from + 1);
    expect(await open('source-dropped', 'mosaic')).toBeUndefined();
    await mosaic({ recordsHeld: 900, openInvolvementsHeld: 200 });
    expect((await raised('source-dropped', 'mosaic')).details).toMatchObject({ from: { openHeld: 300 }, to: { openHeld: 200 } });
  });

  it('by what the index holds alarms too, whatever the source says', async () => {
    await log.publish(opened(60));
    await eventually('60 open involvements', async () => Number((await day('niche')).open_here) === 60, { within: 15_000 });
    expect(Number((await day('niche')).events)).toBe(60);
    await publishCheck(log, { source: 'niche', service: 'police' });
    const kept = () => pool.query(`SELECT 1 FROM control.source_hour WHERE source = 'niche' AND open_here = 60`);
    await eventually('its count being kept', async () => (await kept()).rows.length === 1, { within: 10_000 });
    await pool.query(`UPDATE read_1.involvement SET status = 'closed' WHERE source = 'niche' AND involvement_id < 'i-4'`);
    expect((await raised('source-dropped', 'niche')).details).toMatchObject({ what: 'open-involvements', from: { openHere: 60 } });
  });
});

describe('What goes wrong inside', () => {
  it('alarms when too many events are parked, and is over when they are let go', async () => {
    await log.publishRaw([1, 2].map((one) => ({ key: `8888888${one}-0000-0000-0000-000000000000`, value: Buffer.from('noise') })));
    expect((await raised('parked-count')).details).toEqual({ events: 2, byCode: { undecodable: 2 } });
    await eventually('the metric', async () => /index_parked_events\{code="undecodable",app="projector"\} 2/.test(await metrics()));
    expect(await open('parked-age')).toBeUndefined();
    await pool.query(`UPDATE read_1.parked SET parked_at = parked_at - 3600001`);
    await raised('parked-age');
    await askRequest(pool, { verb: 'discard', arguments: { code: 'undecodable' }, askedBy: 'test', reason: 'test' });
    await cleared('parked-count');
    await cleared('parked-age');
  });

  it('alarms when an event is not accounted for', async () => {
    expect(await open('tally-unbalanced')).toBeUndefined();
    await pool.query(`UPDATE read_1.tally SET applied = applied - 1 WHERE source = 'niche' AND partition = 1`);
    await raised('tally-unbalanced');
    await eventually('the metric', async () => /index_tally_unbalanced\{app="projector"\} 1/.test(await metrics()));
    await pool.query(`UPDATE read_1.tally SET applied = applied + 1 WHERE source = 'niche' AND partition = 1`);
    await cleared('tally-unbalanced');
  });

  it('alarms when a request fails, until the same is asked again and done', async () => {
    await askRequest(pool, { verb: 'compare', arguments: { generation: 99 }, askedBy: 'test', reason: 'test' });
    expect((await raised('upkeep-request-failed')).details).toEqual({ requests: [{ id: expect.any(String), verb: 'compare' }] });
    // One that is cancelled neither fails nor makes good what failed before it.
    await pool.query(
      `INSERT INTO control.request (id, verb, arguments, asked_by, reason, state, ended_at)
       SELECT gen_random_uuid(), verb, '{}', 'test', 'test', 'cancelled', now() + interval '1 second' FROM unnest(ARRAY['compare', 'replay']) AS verb`,
    );
    const from = await watchedAt();
    await eventually('two looks more', async () => (await watchedAt()) > from + 1);
    expect((await open('upkeep-request-failed'))?.details).toEqual({ requests: [{ id: expect.any(String), verb: 'compare' }] });
    await pool.query(`UPDATE control.request SET state = 'done' WHERE verb = 'compare'`);
    await cleared('upkeep-request-failed');
  });

  it('alarms when differences were found, until somebody accepts them', async () => {
    await pool.query(
      `INSERT INTO control.comparison (id, generation, share, rows_compared, differences) VALUES (gen_random_uuid(), 1, 0, 10, 3)`,
    );
    expect((await raised('difference-found')).details).toEqual({ differences: 3 });
    await pool.query(`UPDATE control.alarm SET accepted_at = now() WHERE code = 'difference-found'`);
    await cleared('difference-found');
  });

  it('alarms when a generation has not folded what is older than tolerated', async () => {
    await pool.query(
      `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage) VALUES (9, 'read_9', 99, 4, 'ready', 'built')`,
    );
    await pool.query('CREATE SCHEMA read_9');
    await pool.query('CREATE TABLE read_9.checkpoint AS SELECT * FROM read_1.checkpoint WHERE false');
    expect((await raised('generation-behind')).details).toEqual({ generations: [{ generation: 9, state: 'ready' }] });
    await eventually('how far it is behind being told', async () =>
      /index_generation_behind_events\{generation="9",state="ready",app="projector"\} [1-9]/.test(await metrics()),
    );
    expect(await metrics()).toMatch(/index_generation_behind_events\{generation="1",state="live",app="projector"\} 0/);
    await pool.query(`DELETE FROM control.generation WHERE id = 9`);
    await cleared('generation-behind');
  });

  it('is watched while the brokers are away too; only how far anything is behind is left as it was', async () => {
    const settings = readProjectorSettings(env);
    const measures = new WatchMeasures(new Metrics('projector'));
    const kafka = connectKafka({ brokers: ['127.0.0.1:1'], clientId: 'test' });
    const [sources, logger] = [loadSources(env.AUTHORITY_FILE!), createLogger('projector', 'silent')];
    const alone = new Watch({
      sources,
      control: pool,
      writing: pool,
      long: pool,
      kafka,
      topics: topicsOf('no-such.'),
      settings,
      measures,
      logger,
    });
    await pool.query(`INSERT INTO control.alarm (code, details) VALUES ('generation-behind', '{}')`);
    await upkeep.stop();
    await pool.query(`DELETE FROM control.alarm WHERE code <> 'generation-behind'`);
    await alone.look(Date.now());
    expect(await open('source-silent', 'synergy')).toBeDefined();
    expect(await open('generation-behind')).toBeDefined();
    upkeep = await startProjector({ ...env, PROJECTOR_TASK: 'upkeep' });
    running[0] = upkeep;
    await cleared('generation-behind');
  });

  it('alarms when a build halted, and tells how far builds are', async () => {
    await pool.query(
      `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, failure, events_done, events_total)
       VALUES (9, 'read_9', 99, 4, 'building', 'keys-lost', 25, 100)`,
    );
    expect((await raised('build-failed')).details).toMatchObject({ generation: 9, failure: 'keys-lost' });
    expect(await metrics()).toMatch(/index_generation_progress_ratio\{generation="9",app="projector"\} 0.25/);
    await pool.query(`UPDATE control.generation SET state = 'dropped' WHERE id = 9`);
    await cleared('build-failed');
  });
});

describe('The projector itself', () => {
  it('tells how many reported problems wait for an answer, and whose turn it is', async () => {
    await pool.query(`
      INSERT INTO decided.problem (id, service, category, sealed) VALUES (gen_random_uuid(), 'police', 'duplicate', '');
      INSERT INTO decided.problem_ask (id, problem, source, due_at, second_due_at)
      SELECT gen_random_uuid(), id, 'niche', now() - interval '1 hour', now() + interval '1 hour' FROM decided.problem`);
    const waits = /index_problems_waiting\{source="niche",waits_for="second-owner",overdue="true",app="projector"\} (\d)/;
    await eventually('the metric', async () => waits.exec(await metrics())?.[1] === '1');
    await pool.query(
      `INSERT INTO decided.problem_answer (ask, answered_by, outcome, sealed) SELECT id, 'joan.ferris', 'fixed', '' FROM decided.problem_ask`,
    );
    await eventually('the metric', async () => !waits.test(await metrics()));
    await pool.query(
      `UPDATE decided.problem_ask SET source = NULL, due_at = now() + interval '1 hour'; DELETE FROM decided.problem_answer`,
    );
    const alone = /index_problems_waiting\{source="data-analysts",waits_for="data-analyst",overdue="(\w+)",app="projector"\} 1/;
    await eventually('the metric', async () => alone.exec(await metrics())?.[1] === 'false');
    await pool.query(`UPDATE decided.problem_ask SET due_at = now() - interval '1 hour'`);
    await eventually('the metric', async () => alone.exec(await metrics())?.[1] === 'true');
  });

  it('tells how far each partition is behind', async () => {
    const told = await metrics(running[1]);
    expect(told).toMatch(/projector_events_behind\{schema="read_1",topic="[^"]*involvement-log",partition="0",app="projector"\} 0/);
    expect(told).toMatch(/projector_seconds_behind\{schema="read_1",topic="[^"]*involvement-log",partition="0",app="projector"\} 0/);
  });
});

import { topicsOf } from '#lib/events';
import { connectKafka } from '#lib/kafka';
import { askRequest } from '#lib/read-model';
import { createLogger, Metrics } from '#lib/runtime';
import { eventually } from '../../../../test/support/eventually.js';
import { openedInvolvements } from '../../../../test/support/opened-involvements.js';
import { WatchedProjector } from '../../../../test/support/watched-projector.js';
import { readProjectorSettings } from '../settings.js';
import { loadSources } from './load-sources.js';
import { Watch } from './watch.js';
import { WatchMeasures } from './watch-measures.js';

let watched: WatchedProjector;
beforeAll(async () => {
  watched = await WatchedProjector.open();
  await watched.log.publish(openedInvolvements(60));
});
afterAll(() => watched?.close());

describe('What goes wrong inside', () => {
  it('alarms when too many events are parked, and is over when they are let go', async () => {
    await watched.log.publishRaw([1, 2].map((one) => ({ key: `8888888${one}-0000-0000-0000-000000000000`, value: Buffer.from('noise') })));
    expect((await watched.raised('parked-count')).details).toEqual({ events: 2, byCode: { undecodable: 2 } });
    await eventually('the metric', async () => /index_parked_events\{code="undecodable",app="projector"\} 2/.test(await watched.metrics()));
    expect(await watched.alarm('parked-age')).toBeUndefined();
    await watched.pool.query(`UPDATE read_1.parked SET parked_at = parked_at - 3600001`);
    await watched.raised('parked-age');
    await askRequest(watched.pool, { verb: 'discard', arguments: { code: 'undecodable' }, askedBy: 'test', reason: 'test' });
    await watched.cleared('parked-count');
    await watched.cleared('parked-age');
  });

  it('alarms when an event is not accounted for', async () => {
    expect(await watched.alarm('tally-unbalanced')).toBeUndefined();
    await watched.pool.query(`UPDATE read_1.tally SET applied = applied - 1 WHERE source = 'mosaic' AND partition = 1`);
    await watched.raised('tally-unbalanced');
    await eventually('the metric', async () => /index_tally_unbalanced\{app="projector"\} 1/.test(await watched.metrics()));
    await watched.pool.query(`UPDATE read_1.tally SET applied = applied + 1 WHERE source = 'mosaic' AND partition = 1`);
    await watched.cleared('tally-unbalanced');
  });

  it('alarms when a request fails, until the same is asked again and done', async () => {
    await askRequest(watched.pool, { verb: 'compare', arguments: { generation: 99 }, askedBy: 'test', reason: 'test' });
    expect((await watched.raised('upkeep-request-failed')).details).toEqual({ requests: [{ id: expect.any(String), verb: 'compare' }] });
    // One that is cancelled neither fails nor makes good what failed before it.
    await watched.pool.query(
      `INSERT INTO control.request (id, verb, arguments, asked_by, reason, state, ended_at)
       SELECT gen_random_uuid(), verb, '{}', 'test', 'test', 'cancelled', now() + interval '1 second' FROM unnest(ARRAY['compare', 'replay']) AS verb`,
    );
    await watched.looked(2);
    expect((await watched.alarm('upkeep-request-failed'))?.details).toEqual({ requests: [{ id: expect.any(String), verb: 'compare' }] });
    await watched.pool.query(`UPDATE control.request SET state = 'done' WHERE verb = 'compare'`);
    await watched.cleared('upkeep-request-failed');
  });

  it('alarms when differences were found, until somebody accepts them', async () => {
    await watched.pool.query(
      `INSERT INTO control.comparison (id, generation, share, rows_compared, differences) VALUES (gen_random_uuid(), 1, 0, 10, 3)`,
    );
    expect((await watched.raised('difference-found')).details).toEqual({ differences: 3 });
    await watched.pool.query(`UPDATE control.alarm SET accepted_at = now() WHERE code = 'difference-found'`);
    await watched.cleared('difference-found');
  });

  it('alarms when a generation has not folded what is older than tolerated', async () => {
    await watched.pool.query(
      `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage) VALUES (9, 'read_9', 99, 4, 'ready', 'built')`,
    );
    await watched.pool.query('CREATE SCHEMA read_9');
    await watched.pool.query('CREATE TABLE read_9.checkpoint AS SELECT * FROM read_1.checkpoint WHERE false');
    expect((await watched.raised('generation-behind')).details).toEqual({ generations: [{ generation: 9, state: 'ready' }] });
    await eventually('how far it is behind being told', async () =>
      /index_generation_behind_events\{generation="9",state="ready",app="projector"\} [1-9]/.test(await watched.metrics()),
    );
    expect(await watched.metrics()).toMatch(/index_generation_behind_events\{generation="1",state="live",app="projector"\} 0/);
    await watched.pool.query(`DELETE FROM control.generation WHERE id = 9`);
    await watched.cleared('generation-behind');
  });

  it('is watched while the brokers are away too; only how far anything is behind is left as it was', async () => {
    const settings = readProjectorSettings(watched.env);
    const measures = new WatchMeasures(new Metrics('projector'));
    const kafka = connectKafka({ brokers: ['127.0.0.1:1'], clientId: 'test' });
    const [sources, logger] = [loadSources(watched.env.AUTHORITY_FILE!), createLogger('projector', 'silent')];
    const alone = new Watch({
      sources,
      control: watched.pool,
      writing: watched.pool,
      long: watched.pool,
      kafka,
      topics: topicsOf('no-such.'),
      settings,
      measures,
      logger,
    });
    await watched.pool.query(`INSERT INTO control.alarm (code, details) VALUES ('generation-behind', '{}')`);
    await watched.unwatched(async () => {
      await watched.pool.query(`DELETE FROM control.alarm WHERE code <> 'generation-behind'`);
      await alone.look(Date.now());
      expect(await watched.alarm('source-silent', 'niche')).toBeDefined();
      expect(await watched.alarm('generation-behind')).toBeDefined();
    });
    await watched.cleared('generation-behind');
  });

  it('alarms when a build halted, and tells how far builds are', async () => {
    await watched.pool.query(
      `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, failure, events_done, events_total)
       VALUES (9, 'read_9', 99, 4, 'building', 'keys-lost', 25, 100)`,
    );
    expect((await watched.raised('build-failed')).details).toMatchObject({ generation: 9, failure: 'keys-lost' });
    await watched.measured('index_generation_progress_ratio{generation="9",app="projector"} 0.25');
    await watched.pool.query(`UPDATE control.generation SET state = 'dropped' WHERE id = 9`);
    await watched.cleared('build-failed');
  });
});

describe('The projector itself', () => {
  it('tells how many reported problems wait for an answer, and whose turn it is', async () => {
    await watched.pool.query(`
      INSERT INTO decided.problem (id, service, category, sealed) VALUES (gen_random_uuid(), 'police', 'duplicate', '');
      INSERT INTO decided.problem_ask (id, problem, source, due_at, second_due_at)
      SELECT gen_random_uuid(), id, 'niche', now() - interval '1 hour', now() + interval '1 hour' FROM decided.problem`);
    const waits = /index_problems_waiting\{source="niche",waits_for="second-owner",overdue="true",app="projector"\} (\d)/;
    await eventually('the metric', async () => waits.exec(await watched.metrics())?.[1] === '1');
    await watched.pool.query(
      `INSERT INTO decided.problem_answer (ask, answered_by, outcome, sealed) SELECT id, 'joan.ferris', 'fixed', '' FROM decided.problem_ask`,
    );
    await eventually('the metric', async () => !waits.test(await watched.metrics()));
    await watched.pool.query(
      `UPDATE decided.problem_ask SET source = NULL, due_at = now() + interval '1 hour'; DELETE FROM decided.problem_answer`,
    );
    const alone = /index_problems_waiting\{source="data-analysts",waits_for="data-analyst",overdue="(\w+)",app="projector"\} 1/;
    await eventually('the metric', async () => alone.exec(await watched.metrics())?.[1] === 'false');
    await watched.pool.query(`UPDATE decided.problem_ask SET due_at = now() - interval '1 hour'`);
    await eventually('the metric', async () => alone.exec(await watched.metrics())?.[1] === 'true');
  });

  it('tells how far each partition is behind', async () => {
    const told = await watched.metrics('folding');
    expect(told).toMatch(/projector_events_behind\{schema="read_1",topic="[^"]*involvement-log",partition="0",app="projector"\} 0/);
    expect(told).toMatch(/projector_seconds_behind\{schema="read_1",topic="[^"]*involvement-log",partition="0",app="projector"\} 0/);
  });
});

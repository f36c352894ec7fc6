import { topicsOf } from '#lib/events';
import { connectKafka } from '#lib/kafka';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { startProjector } from '../start.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let upkeep: Running | undefined;
beforeAll(async () => {
  env = await appEnv({ PROJECTOR_CHECK_SECONDS: '0', PROJECTOR_TASK: 'upkeep', LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  upkeep = await startProjector(env);
});
afterAll(async () => {
  await upkeep?.stop();
  await log.close();
  await pool.end();
});

const refuse = (source: string, rule: string, at: string, partition = 0) =>
  log.producer.send(topicsOf(env.TOPIC_PREFIX).rejections, [
    {
      key: source,
      partition,
      value: log.codec.encodeRejection({ source, at: Date.parse(at), type: null, index: 0, pointer: '', rule, expected: '', fix: '' }),
    },
  ]);
const counted = async () =>
  (await pool.query('SELECT source, day, code, events FROM control.rejected ORDER BY source, day, code')).rows.map((row) =>
    Object.values(row as Record<string, unknown>).join(' '),
  );
const checkpoint = async () => {
  const { rows } = await pool.query('SELECT next_offset AS next FROM control.rejected_checkpoint WHERE partition = 0');
  return (rows[0] as { next: number }).next;
};
const isCounted = (...rows: string[]) =>
  eventually(rows.join(), async () => JSON.stringify(await counted()) === JSON.stringify(rows), { within: 20_000 });
const deleteAll = async () => {
  const admin = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'test' }).admin();
  await admin.connect();
  const topic = topicsOf(env.TOPIC_PREFIX).rejections;
  // kafkajs knows where to send the deletion only once it has asked.
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '-1' }] });
  await admin.disconnect();
};
const metrics = async () => (await fetch(`${upkeep!.url}/metrics`)).text();

describe('Refusals', () => {
  it('are told by field and rule, with how to fix them as it was said last', async () => {
    const one = { source: 'insight', type: 'PersonRecorded', index: 0, rule: 'real-date', expected: 'a date' };
    const value = (more: { at: string; pointer: string; fix: string }) =>
      log.codec.encodeRejection({ ...one, ...more, at: Date.parse(more.at) });
    await log.producer.send(
      topicsOf(env.TOPIC_PREFIX).rejections,
      [
        { at: '2026-06-01T12:00:00Z', pointer: '/addresses/0/from', fix: 'old words' },
        { at: '2026-06-01T12:00:00Z', pointer: '/addresses/12/from', fix: 'new words' },
        { at: '2026-06-01T12:01:00Z', pointer: '/deceasedOn', fix: 'others' },
      ].map((more) => ({ key: 'insight', partition: 2, value: value(more) })),
    );
    const told = async () =>
      (await pool.query(`SELECT * FROM control.rejected_field WHERE source = 'insight' ORDER BY pointer`)).rows as object[];
    await eventually('refusals by field', async () => (await told()).length === 2, { within: 20_000 });
    expect(await told()).toMatchObject([
      { day: '2026-06-01', type: 'PersonRecorded', pointer: '/addresses/-/from', rule: 'real-date', fix: 'new words', problems: 2 },
      { pointer: '/deceasedOn', problems: 1, last_at: Date.parse('2026-06-01T12:01:00Z') },
    ]);
    await pool.query(`DELETE FROM control.rejected WHERE source = 'insight'`);
  });

  it('are counted by source, day in London and rule', async () => {
    await refuse('mosaic', 'real-date', '2026-07-01T22:59:00Z');
    await refuse('mosaic', 'real-date', '2026-07-01T23:01:00Z');
    await refuse('mosaic', 'real-date', '2026-07-01T23:02:00Z', 3);
    await refuse('mosaic', 'text-not-empty', '2026-07-01T12:00:00Z');
    await refuse('niche', 'real-date', '2026-07-01T12:00:00Z');
    await log.producer.send(topicsOf(env.TOPIC_PREFIX).rejections, [{ key: 'x', partition: 1, value: Buffer.from('noise') }]);
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/London' });
    await isCounted(
      `(unreadable) ${today} (unreadable) 1`,
      'mosaic 2026-07-01 real-date 1',
      'mosaic 2026-07-01 text-not-empty 1',
      'mosaic 2026-07-02 real-date 2',
      'niche 2026-07-01 real-date 1',
    );
    expect(await metrics()).toMatch(/index_rejections_total\{source="mosaic",code="real-date",app="projector"\} 3/);
  });

  it('are counted once for each event, whatever it breaks, over a restart too', async () => {
    await upkeep!.stop();
    await pool.query('DELETE FROM control.rejected');
    await refuse('cis', 'real-date', '2026-07-01T12:00:00Z');
    upkeep = await startProjector(env);
    await isCounted('cis 2026-07-01 real-date 1');
    // The same event breaks another rule; then comes another event.
    await refuse('cis', 'text-not-empty', '2026-07-01T12:00:00Z');
    await refuse('cis', 'real-date', '2026-07-01T12:00:01Z');
    await isCounted('cis 2026-07-01 real-date 2');
    await upkeep.stop();
    await refuse('cis', 'text-not-empty', '2026-07-01T12:00:01Z');
    await refuse('cis', 'text-not-empty', '2026-07-01T12:00:02Z');
    upkeep = await startProjector(env);
    await isCounted('cis 2026-07-01 real-date 2', 'cis 2026-07-01 text-not-empty 1');
    expect(await metrics()).toMatch(/index_rejections_missed_total\{app="projector"\} 0/);
  });

  it('that were deleted before they were counted are told as missed, and counting goes on', async () => {
    await upkeep!.stop();
    const before = await checkpoint();
    await refuse('cis', 'gone', '2026-07-01T12:00:00Z');
    await refuse('cis', 'gone', '2026-07-01T12:00:00Z');
    await deleteAll();
    await refuse('cis', 'real-date', '2026-07-01T12:00:00Z');
    upkeep = await startProjector(env);
    await isCounted('cis 2026-07-01 real-date 3', 'cis 2026-07-01 text-not-empty 1');
    expect(await metrics()).toMatch(/index_rejections_missed_total\{app="projector"\} 2/);
    expect(await checkpoint()).toBe(before + 3);
  });

  it('of another topic than the one counted are not added to it: counting halts, and upkeep says so', async () => {
    await upkeep!.stop();
    await pool.query(`UPDATE control.rejected_checkpoint SET last_event_id = 'another' WHERE partition = 0`);
    await refuse('cis', 'real-date', '2026-07-01T12:00:00Z');
    upkeep = await startProjector(env);
    await eventually('upkeep not being ready', async () => (await fetch(`${upkeep!.url}/health/ready`)).status === 503, { within: 15_000 });
    expect(await counted()).toEqual(['cis 2026-07-01 real-date 3', 'cis 2026-07-01 text-not-empty 1']);
  });
});

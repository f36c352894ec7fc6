import { randomBytes } from 'node:crypto';
import { type SourceEvent, SourceEvent as sourceEvent, type SourceEventInput } from '#lib/events';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { startProjector } from './start.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let running: Running;
beforeAll(async () => {
  env = await appEnv({ PROJECTOR_MISSING_KEYS: '3', LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  running = await startProjector(env);
});
afterAll(async () => {
  await running.stop();
  await log.close();
  await pool.end();
});

let position = 0;
const event = (input: Omit<SourceEventInput, 'source' | 'sourceVersion' | 'occurredAt'>): SourceEvent =>
  sourceEvent.parse({
    source: 'mosaic',
    sourceVersion: { epoch: 0, position: (position += 1) },
    occurredAt: '2026-05-01T09:00:00Z',
    ...input,
  });
const person = (recordId: string, family: string) =>
  event({ type: 'PersonRecorded', recordId, names: [{ family, given: ['Thomas'] }] } as never);
const opened = (recordId: string, involvementId: string, team = 'North') =>
  event({ type: 'InvolvementOpened', recordId, involvementId, service: 'childrens-social-care', team } as never);

const one = async (sql: string, values: unknown[]) =>
  (await pool.query(`SELECT * FROM read_1.${sql}`, values)).rows[0] as Record<string, unknown>;
const soon = (sql: string, values: unknown[]) => eventually(`a row of ${sql}`, () => one(sql, values));

describe('The projector', () => {
  it('turns a published person, involvement and relationship into rows, and says that it is ready', async () => {
    const [mother] = await log.publish([person('20001', 'Baker')]);
    const [child, , link] = await log.publish([
      person('20002', 'O’Brien'),
      opened('20002', 'I-1'),
      event({
        type: 'RelationshipLinked',
        recordId: '20002',
        relationshipId: 'R-1',
        otherRecordId: mother!.subject,
        relationship: 'parent',
      } as never),
    ]);
    const record = await soon('record WHERE subject = $1', [child!.subject]);
    expect(record).toMatchObject({ source: 'mosaic', record_id: '20002', present: true, details_at: Date.parse('2026-05-01T09:00:00Z') });
    expect(record.names).toEqual([{ family: 'O’Brien', given: ['Thomas'], kind: 'current', from: null, to: null }]);
    expect(record.search_keys).toEqual(expect.arrayContaining(['f:obrien', 'g:thomas', 'c:20002']));
    expect(await soon('involvement WHERE involvement_id = $1', ['I-1'])).toMatchObject({
      subject: child!.subject,
      status: 'open',
      team: 'North',
    });
    expect(await soon('relationship WHERE relationship_id = $1', ['R-1'])).toMatchObject({
      subject: child!.subject,
      other_subject: mother!.subject,
      relationship: 'parent',
    });
    expect(await one('checkpoint WHERE topic LIKE $1 AND partition = $2', ['%involvement-log', link!.partition])).toMatchObject({
      next_offset: link!.offset + 1,
    });
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
  });

  it('notes how far each source has got and how fresh its events were', async () => {
    const [at] = await log.publish([event({ type: 'SourceChecked', service: 'school', completeTo: '2026-05-01T08:00:00Z' } as never)]);
    expect(await soon('coverage WHERE service = $1 AND partition = $2', ['school', at!.partition])).toMatchObject({
      complete_to: Date.parse('2026-05-01T08:00:00Z'),
      log_offset: at!.offset,
    });
    const progress = await one('source_progress WHERE source = $1 AND partition = $2', ['mosaic', at!.partition]);
    expect(Number(progress.applied_at)).toBeGreaterThanOrEqual(Number(progress.newest_published_at));
    expect(await (await fetch(`${running.url}/metrics`)).text()).toMatch(
      /projector_freshness_seconds_count\{[^}]*source="mosaic"[^}]*\} [1-9]/,
    );
  });

  it('folds the matcher’s decisions, the highest number winning', async () => {
    const [subject, a, b] = ['a', 'b', 'c'].map((digit) => `${digit.repeat(8)}-0000-0000-0000-000000000000`) as [string, string, string];
    await log.decide([
      { type: 'RecordAssigned', decision: 2, subject, person: b, reason: 'nhs-number', modelVersion: '1' },
      { type: 'RecordAssigned', decision: 1, subject, person: a, reason: 'alone', modelVersion: '1' },
      { type: 'PersonRetired', decision: 3, person: a, into: b },
      { type: 'MatchedUpTo', decision: 4, offsets: [{ partition: 0, offset: 17 }] },
    ]);
    expect(await soon('matched_up_to WHERE identity_partition = 0 AND log_partition = 0', [])).toMatchObject({ log_offset: 17 });
    expect(await one('record_person WHERE subject = $1', [subject])).toMatchObject({ person: b, reason: 'nhs-number' });
    expect(await one('person_redirect WHERE person = $1', [a])).toMatchObject({ into_person: b });
  });

  it('holds what it can’t read with its exact bytes and its record, while everything else flows', async () => {
    const [key] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '20010' }]);
    const broken = log.sealed(person('20010', 'Baker'), key!, (envelope) => ({ ...envelope, occurredAt: envelope.occurredAt + 1 }));
    const stranger = '01234567-0000-0000-0000-000000000000';
    const keyless = log.sealed(person('20010', 'Baker'), key!, (envelope) => ({ ...envelope, subject: stranger }));
    const noise = randomBytes(40);
    const values = [broken, keyless, noise, log.sealed(opened('20010', 'I-10'), key!)];
    const places = await log.publishRaw(values.map((value) => ({ key: key!.subject, value })));
    expect(await soon('involvement WHERE involvement_id = $1', ['I-10'])).toMatchObject({ subject: key!.subject });
    const parked = await pool.query('SELECT * FROM read_1.parked WHERE partition = $1 ORDER BY log_offset', [places[0]!.partition]);
    expect(parked.rows).toMatchObject([
      { code: 'seal-broken', log_offset: places[0]!.offset, subject: key!.subject, source: 'mosaic', bytes: broken, attempts: 1 },
      { code: 'key-missing', log_offset: places[1]!.offset, subject: stranger, source: 'mosaic', bytes: keyless, attempts: 1 },
      { code: 'undecodable', log_offset: places[2]!.offset, subject: key!.subject, source: null, bytes: noise, attempts: 1 },
    ]);
    expect(await (await fetch(`${running.url}/metrics`)).text()).toMatch(
      /projector_events_parked_total\{code="seal-broken",app="projector"\} 1/,
    );
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
  });

  it('finds the one event of a batch that PostgreSQL refuses, and holds that one alone', async () => {
    const [key] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '20011' }]);
    const link = event({
      type: 'RelationshipLinked',
      recordId: '20011',
      relationshipId: 'R-11',
      otherRecordId: '20012',
      relationship: 'parent',
    } as never);
    const events = [...Array.from({ length: 20 }, (_, index) => opened('20011', `I-11-${index}`)), link, person('20011', 'Baker')];
    const places = await log.publish(events);
    await soon('record WHERE record_id = $1', ['20011']);
    const { rows } = await pool.query('SELECT * FROM read_1.parked WHERE subject = $1', [key!.subject]);
    expect(rows).toMatchObject([{ code: 'row-refused', actual: 'SQLSTATE 22P02', log_offset: places[20]!.offset }]);
    expect(await one('involvement WHERE subject = $1 AND involvement_id = $2', [key!.subject, 'I-11-19'])).toBeDefined();
  });

  it('carries on over the events of an erased person', async () => {
    const [before] = await log.publish([person('20013', 'Baker')]);
    await soon('record WHERE subject = $1', [before!.subject]);
    const [key] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '20014' }]);
    const sealed = log.sealed(person('20014', 'Baker'), key!);
    await log.keys.erase(key!.subject);
    const places = await log.publishRaw([
      { key: key!.subject, value: sealed },
      { key: key!.subject, value: log.sealed(opened('20014', 'I-14'), key!) },
    ]);
    await eventually('the events being passed', async () => {
      const at = await one('checkpoint WHERE topic LIKE $1 AND partition = $2', ['%involvement-log', places[0]!.partition]);
      return Number(at.next_offset) > places[1]!.offset;
    });
    expect(await one('record WHERE subject = $1', [key!.subject])).toBeUndefined();
    expect(await one('parked WHERE subject = $1', [key!.subject])).toBeUndefined();
  });

  it('waits while the read model is away and then goes on where it was, in order', async () => {
    await pool.query('ALTER SCHEMA read_1 RENAME TO away');
    try {
      await log.publish([
        opened('20015', 'I-15', 'North'),
        event({ type: 'InvolvementClosed', recordId: '20015', involvementId: 'I-15' } as never),
      ]);
      await eventually('a retry', async () =>
        /projector_retries_total\{code="read-model-changed",app="projector"\} [1-9]/.test(
          await (await fetch(`${running.url}/metrics`)).text(),
        ),
      );
    } finally {
      await pool.query('ALTER SCHEMA away RENAME TO read_1');
    }
    expect(await soon(`involvement WHERE involvement_id = $1 AND status = 'closed'`, ['I-15'])).toMatchObject({ team: 'North' });
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
  });

  it('reads on from an older checkpoint when the database has forgotten its last commits', async () => {
    const [first] = await log.publish([opened('20016', 'I-16')]);
    await soon('involvement WHERE involvement_id = $1', ['I-16']);
    await pool.query('UPDATE read_1.checkpoint SET next_offset = 0, last_event_id = NULL WHERE partition = $1', [first!.partition]);
    await pool.query(`DELETE FROM read_1.involvement WHERE involvement_id = 'I-16'`);
    await log.publish([opened('20016', 'I-17')]);
    await soon('involvement WHERE involvement_id = $1', ['I-17']);
    await soon('involvement WHERE involvement_id = $1', ['I-16']);
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
  });

  it('halts when many keys are lost, passes nothing by, and says so', async () => {
    const [key] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '20017' }]);
    const keyless = Array.from({ length: 5 }, (_, index) =>
      log.sealed(person('20017', 'Baker'), key!, (envelope) => ({ ...envelope, subject: `8888888${index}-0000-0000-0000-000000000000` })),
    );
    const places = await log.publishRaw(keyless.map((value) => ({ key: key!.subject, value })));
    await eventually('the alarm', async () =>
      (await (await fetch(`${running.url}/metrics`)).text()).includes('projector_halted{code="keys-lost",app="projector"} 1'),
    );
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
    const at = await one('checkpoint WHERE topic LIKE $1 AND partition = $2', ['%involvement-log', places[0]!.partition]);
    expect(Number(at.next_offset)).toBeLessThanOrEqual(places[4]!.offset);
  });
});

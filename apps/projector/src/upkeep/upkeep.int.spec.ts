import { Pool } from 'pg';
import { SourceEvent } from '#lib/events';
import { askForGeneration, dropGeneration } from '#lib/read-model';
import { eventually } from '../../../../test/support/eventually.js';
import { UpkeptReadModel } from '../../../../test/support/upkept-read-model.js';

let model: UpkeptReadModel;
beforeAll(async () => {
  model = await UpkeptReadModel.open();
  await model.log.publish(model.involvements(300, 'first'));
  await model.settled('read_1', 300);
});
afterAll(() => model?.close());

describe('What was parked', () => {
  it('is applied once when what was missing is there, and counted over', async () => {
    const keyStore = new Pool({ connectionString: model.env.KEY_STORE_URL! });
    const [key] = await model.log.keys.subjectsFor([{ source: 'mosaic', recordId: '7777' }]);
    await keyStore.query('CREATE TABLE away AS SELECT * FROM data_key WHERE subject = $1', [key!.subject]);
    await keyStore.query('DELETE FROM data_key WHERE subject = $1', [key!.subject]);
    await model.log.publishRaw([
      { key: key!.subject, value: model.log.sealed({ ...model.involvements(1, 'held')[0]!, recordId: '7777' } as SourceEvent, key!) },
    ]);
    const parked = () => model.value<number>('SELECT count(*)::int FROM read_1.parked');
    await eventually('one parked event', async () => (await parked()) === 1);
    expect(await model.ask('redrive', { code: 'key-missing' })).toMatchObject({ outcome: { released: 0, refused: 1, stillParked: 1 } });
    expect(await model.value('SELECT attempts FROM read_1.parked')).toBe(2);
    await keyStore.query('INSERT INTO data_key SELECT * FROM away');
    await keyStore.end();
    expect(await model.ask('redrive', { source: 'mosaic' })).toMatchObject({ outcome: { released: 1, refused: 0, stillParked: 0 } });
    expect(await parked()).toBe(0);
    expect(await model.value('SELECT count(*)::int FROM read_1.involvement WHERE involvement_id = $1', ['held-0'])).toBe(1);
    const [tally] = (
      await model.pool.query(
        'SELECT sum(received)::int r, sum(applied)::int a, sum(superseded)::int s, sum(parked)::int p FROM read_1.tally',
      )
    ).rows;
    expect(tally).toMatchObject({ r: 301, a: 301, s: 0, p: 0 });
  });

  it('is let go for good when it is discarded', async () => {
    await model.log.publishRaw([{ key: '88888888-0000-0000-0000-000000000000', value: Buffer.from('noise that nobody can read') }]);
    await eventually('one parked event', async () => (await model.value<number>('SELECT count(*)::int FROM read_1.parked')) === 1);
    expect(await model.ask('discard', { code: 'undecodable' })).toMatchObject({ outcome: { discarded: 1 } });
    expect(await model.value('SELECT count(*)::int FROM read_1.parked')).toBe(0);
    expect(await model.value('SELECT sum(discarded)::int FROM read_1.tally')).toBe(1);
  });

  it('stays discarded in a generation that is built later', async () => {
    const id = await askForGeneration(model.pool);
    await model.ready(id);
    expect(await model.value(`SELECT count(*)::int FROM read_${id}.parked`)).toBe(0);
    expect(await model.value(`SELECT sum(discarded)::int FROM read_${id}.tally`)).toBe(1);
    await dropGeneration(model.pool, id);
  });
});

describe('Applying again', () => {
  it('puts back what was lost and changes nothing else', async () => {
    const digest = () => model.value<string>(`SELECT md5(string_agg(i::text, '' ORDER BY involvement_id)) FROM read_1.involvement i`);
    const before = await digest();
    expect(await model.ask('replay', { dryRun: true })).toMatchObject({ outcome: { read: 302, applied: 302, dryRun: true } });
    await model.pool.query(`DELETE FROM read_1.involvement WHERE involvement_id LIKE 'first-1%'`);
    const received = await model.value<number>('SELECT sum(received)::int FROM read_1.tally');
    expect(await model.ask('replay', { source: 'mosaic' })).toMatchObject({ state: 'done', outcome: { applied: 301 } });
    expect(await digest()).toBe(before);
    expect(await model.value('SELECT sum(received)::int FROM read_1.tally')).toBe(received);
  });

  it('counts the events of one subject alone', async () => {
    const [key] = await model.log.keys.subjectsFor([{ source: 'mosaic', recordId: '71' }]);
    const own = (await model.pool.query('SELECT count(*)::int AS own FROM read_1.involvement WHERE subject = $1', [key!.subject])).rows;
    expect(await model.ask('replay', { subject: key!.subject, dryRun: true })).toMatchObject({
      outcome: { applied: (own[0] as { own: number }).own },
    });
  });
});

describe('Checking against the log', () => {
  it('finds nothing where nothing is wrong, and the field that somebody changed by hand', async () => {
    const keys = await model.log.keys.subjectsFor([...Array(40).keys()].map((index) => ({ source: 'mosaic', recordId: `7${index}` })));
    await model.log.decide(
      keys.map(({ subject }, index) => ({
        type: 'RecordAssigned' as const,
        decision: index + 1,
        subject,
        person: subject,
        reason: 'alone',
        modelVersion: '1',
      })),
    );
    await eventually(
      'all being assigned',
      async () => (await model.value<number>('SELECT count(*)::int FROM read_1.record_person')) === 40,
    );
    expect(await model.ask('check', { people: 100 })).toMatchObject({ outcome: { differences: 0, undecided: 0 } });
    await model.pool.query(`UPDATE read_1.involvement SET status = 'closed' WHERE involvement_id = 'first-11'`);
    const { id, outcome } = await model.ask('check', { people: 100 });
    expect(outcome).toMatchObject({ differences: 1 });
    expect((await model.pool.query('SELECT table_name, field FROM control.difference WHERE comparison = $1', [id])).rows).toEqual([
      { table_name: 'involvement', field: 'status' },
    ]);
    expect(await model.value(`SELECT count(*)::int FROM pg_namespace WHERE nspname LIKE 'check%'`)).toBe(0);
  });

  it('knows that a fact was moved to another record', async () => {
    await model.pool.query(`UPDATE read_1.involvement SET status = 'open' WHERE involvement_id = 'first-11'`);
    const move = SourceEvent.parse({
      ...model.involvements(1, 'x')[0]!,
      type: 'InvolvementUpdated',
      recordId: '7999',
      involvementId: 'first-12',
      occurredAt: '2026-05-02T09:00:00Z',
    });
    await model.log.publish([move]);
    const [to] = await model.log.keys.subjectsFor([{ source: 'mosaic', recordId: '7999' }]);
    await model.log.decide([
      { type: 'RecordAssigned', decision: 100, subject: to!.subject, person: to!.subject, reason: 'alone', modelVersion: '1' },
    ]);
    await eventually(
      'the move',
      async () => (await model.value<number>('SELECT count(*)::int FROM read_1.involvement WHERE subject = $1', [to!.subject])) === 1,
    );
    await eventually(
      'its record being assigned',
      async () => (await model.value<number>('SELECT count(*)::int FROM read_1.record_person')) === 41,
    );
    expect(await model.ask('check', { people: 100 })).toMatchObject({ outcome: { differences: 0 } });
  });
});

import { migrateReadModel, openReadModel, type ReadModelPool } from '#lib/read-model';
import { freshDatabase } from '../../../test/support/fresh.js';
import { BatchWriter } from './apply.js';
import { checkpointOf } from './checkpoint.js';
import { Fold } from './fold.js';
import { projectDecision } from './project.js';
import { Tally } from './tally.js';

const SCHEMA = 'read_1';
let pool: ReadModelPool;
let writer: BatchWriter;
beforeAll(async () => {
  const url = await freshDatabase('projector-checkpoint');
  await migrateReadModel(url, { partitions: 4 });
  pool = openReadModel(url, { forWriting: true, pipeline: true });
  writer = new BatchWriter(pool, SCHEMA);
});
afterAll(() => pool.end());

let partition = -1;
beforeEach(() => {
  partition += 1;
});

const id = (digit: number) => `${String(digit).repeat(8)}-0000-0000-0000-000000000000`;

/** A batch whose one row says who wrote it. */
function batch(from: number, to: number, person: string, reason = 'test') {
  const fold = new Fold();
  const decision = { type: 'RecordAssigned', decision: to, subject: id(partition), person, reason, modelVersion: '1' } as const;
  for (const write of projectDecision(decision, { partition, offset: from, publishedAt: 0 })) fold.add(write);
  return {
    step: { topic: 'log', partition, from, to, skipped: 0, lastEventId: `event ${to - 1}` },
    fold,
    reached: new Map(),
    parked: [],
    tally: new Tally(),
  };
}

async function personNow(): Promise<string | undefined> {
  const { rows } = await pool.query(`SELECT person FROM ${SCHEMA}.record_person WHERE subject = $1`, [id(partition)]);
  return (rows[0] as { person: string } | undefined)?.person;
}

const standsAt = async () => (await checkpointOf(pool, SCHEMA, 'log', partition)).nextOffset;

describe('A step of a checkpoint', () => {
  it('begins at the start of the log', async () => {
    expect(await checkpointOf(pool, SCHEMA, 'log', partition)).toEqual({ topic: 'log', partition, nextOffset: 0, lastEventId: null });
  });

  it('advances when everything before it is folded, and remembers the last event', async () => {
    expect(await writer.apply(batch(0, 10, id(7)))).toBe('advanced');
    expect(await writer.apply(batch(10, 12, id(8)))).toBe('advanced');
    expect(await checkpointOf(pool, SCHEMA, 'log', partition)).toMatchObject({ nextOffset: 12, lastEventId: 'event 11' });
    expect(await personNow()).toBe(id(8));
  });

  it('finds itself already applied when it comes again, and writes nothing', async () => {
    await writer.apply(batch(0, 10, id(7)));
    expect(await writer.apply(batch(0, 10, id(9)))).toBe('already applied');
    expect(await writer.apply(batch(3, 5, id(9)))).toBe('already applied');
    expect(await personNow()).toBe(id(7));
    expect(await standsAt()).toBe(10);
  });

  it('finds that someone is ahead when part of it is folded, and writes nothing', async () => {
    await writer.apply(batch(0, 10, id(7)));
    expect(await writer.apply(batch(0, 15, id(9)))).toBe('someone is ahead');
    expect(await personNow()).toBe(id(7));
    expect(await standsAt()).toBe(10);
  });

  it('finds a gap when something before it is not folded, and writes nothing', async () => {
    await writer.apply(batch(0, 10, id(7)));
    expect(await writer.apply(batch(11, 12, id(9)))).toBe('gap');
    expect(await personNow()).toBe(id(7));
    expect(await standsAt()).toBe(10);
  });

  it('is taken by one of two writers at the same moment; the one that lost its partition is refused', async () => {
    const zombie = new BatchWriter(pool, SCHEMA);
    const results = await Promise.all([writer.apply(batch(0, 10, id(7))), zombie.apply(batch(0, 20, id(9)))]);
    expect(results.filter((result) => result === 'advanced')).toHaveLength(1);
    const winner =
      results[0] === 'advanced'
        ? { person: id(7), at: 10, other: 'someone is ahead' }
        : { person: id(9), at: 20, other: 'already applied' };
    expect(results).toContain(winner.other);
    expect(await personNow()).toBe(winner.person);
    expect(await standsAt()).toBe(winner.at);
  });

  it('waits for a writer still at work, and is refused once that one has committed', async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const atWork = writer.apply(batch(0, 10, id(7)), () => {
      begin();
      return held;
    });
    await begun;
    const late = new BatchWriter(pool, SCHEMA).apply(batch(0, 10, id(9)));
    expect(await Promise.race([late, checkpointOf(pool, SCHEMA, 'another log', partition).then(() => 'waiting')])).toBe('waiting');
    letGo();
    expect(await Promise.all([atWork, late])).toEqual(['advanced', 'already applied']);
    expect(await personNow()).toBe(id(7));
  });

  it('is undone with all its rows when what follows it in the transaction fails', async () => {
    const failing = writer.apply(batch(0, 10, id(7)), () =>
      Promise.reject(Object.assign(new Error('too many keys lost'), { retriable: false })),
    );
    await expect(failing).rejects.toThrow('too many keys lost');
    expect(await personNow()).toBeUndefined();
    expect(await standsAt()).toBe(0);
  });

  it('is refused for good when PostgreSQL refuses a value, and may be tried again when the database is at fault', async () => {
    await expect(writer.apply(batch(0, 1, id(7), 'a NUL: \0'))).rejects.toMatchObject({ code: 'row-refused', retriable: false });
    await expect(new BatchWriter(pool, 'no_such_schema').apply(batch(0, 1, id(7)))).rejects.toMatchObject({
      code: 'read-model-changed',
      retriable: true,
    });
    expect(await standsAt()).toBe(0);
  });
});

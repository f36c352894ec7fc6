import pg from 'pg';
import type { EventOutcome } from '#lib/events';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { PublishFailedError } from './errors.js';
import { emptyOutbox, OUTBOX_TABLE, putInOutbox } from './outbox.js';
import type { EventToPublish, Publisher } from './publisher.js';
import { removePerson } from './say.js';

let pool: pg.Pool;
beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await freshDatabase('outbox') });
  await pool.query(OUTBOX_TABLE);
});
beforeEach(() => pool.query('TRUNCATE involvement_outbox'));
afterAll(() => pool.end());

const gone = (n: number) =>
  removePerson({ recordId: `r-${n}`, reason: 'withdrawn', sourceVersion: { epoch: 0, position: n }, occurredAt: '2026-03-01T09:00:00Z' });
const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => gone(from + at));

/** A door that takes everything but odd records, and what it was given. */
function door(answer: (events: readonly EventToPublish[]) => Promise<void> = () => Promise.resolve()) {
  const taken: number[] = [];
  const publisher: Publisher = {
    publish: async (events) => {
      await answer(events);
      taken.push(...events.map(({ sourceVersion }) => sourceVersion.position));
      return {
        results: events.map((event, index): EventOutcome =>
          'recordId' in event && event.recordId === 'r-13'
            ? { index, status: 'rejected', problems: [{ pointer: '/reason', rule: 'known-code', expected: 'a code', fix: 'Map it.' }] }
            : { index, status: 'accepted', eventId: 'e', partition: 0, offset: index },
        ),
      };
    },
  };
  return { publisher, taken };
}
async function withClient<Result>(run: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    return await run(client);
  } finally {
    client.release();
  }
}
const empty = (publisher: Publisher, atOnce = 4) => withClient((client) => emptyOutbox({ client, publisher, atOnce }));
/** Fills the outbox, and waits until no transaction of before is open: the tests beside this one have theirs on the same server. */
async function fill(events: EventToPublish[]): Promise<void> {
  await withClient((client) => putInOutbox(client, events));
  await eventually('transactions of before had ended', async () => {
    const { rows } = await pool.query<{ over: boolean }>(
      'SELECT coalesce(max(put_by) < pg_snapshot_xmin(pg_current_snapshot()), true) AS over FROM involvement_outbox',
    );
    return rows[0]!.over;
  });
}
const left = async () => (await pool.query('SELECT event, problems FROM involvement_outbox ORDER BY id')).rows as { event: { recordId: string }; problems: unknown }[]; // prettier-ignore

describe('An outbox in the source’s own database', () => {
  it('is published in the order it was filled, and is empty then', async () => {
    await fill(numbered(1, 5));
    await fill(numbered(6, 9));
    const { publisher, taken } = door();
    expect(await empty(publisher)).toEqual({ published: 9, rejected: 0, busy: false });
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await left()).toEqual([]);
  });

  it('holds what its transaction keeps, and nothing of one that was rolled back', async () => {
    await withClient(async (client) => {
      await client.query('BEGIN');
      await putInOutbox(client, [gone(1)]);
      await client.query('ROLLBACK');
    });
    expect(await empty(door().publisher)).toEqual({ published: 0, rejected: 0, busy: false });
  });

  it('waits for a transaction that began before: what it puts there has the lower number', async () => {
    const { publisher, taken } = door();
    await withClient(async (slow) => {
      await slow.query('BEGIN');
      await putInOutbox(slow, [gone(1)]);
      await withClient((client) => putInOutbox(client, [gone(2)]));
      expect((await empty(publisher)).published).toBe(0);
      await slow.query('COMMIT');
    });
    await fill([]);
    await empty(publisher);
    expect(taken).toEqual([1, 2]);
  });

  it('keeps what was rejected with its problems, publishes the rest, and does not send that one again', async () => {
    await fill(numbered(11, 15));
    const { publisher, taken } = door();
    expect(await empty(publisher)).toEqual({ published: 4, rejected: 1, busy: false });
    expect(await left()).toMatchObject([{ event: { recordId: 'r-13' }, problems: [{ pointer: '/reason', rule: 'known-code' }] }]);
    await empty(publisher);
    expect(taken).toEqual([11, 12, 13, 14, 15]);
  });

  it('loses nothing when the index can’t be reached: it goes on where it was', async () => {
    await fill(numbered(1, 6));
    const away = door((events) =>
      events[0]!.sourceVersion.position > 4 ? Promise.reject(new PublishFailedError('away')) : Promise.resolve(),
    );
    await expect(empty(away.publisher)).rejects.toThrow(PublishFailedError);
    const back = door();
    await empty(back.publisher);
    expect([...away.taken, ...back.taken]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is emptied by one at a time', async () => {
    await fill(numbered(1, 2));
    const { publisher } = door();
    let meanwhile: unknown;
    const busy = door(async () => {
      meanwhile = await empty(publisher);
    });
    expect((await empty(busy.publisher)).published).toBe(2);
    expect(meanwhile).toEqual({ published: 0, rejected: 0, busy: true });
  });
});

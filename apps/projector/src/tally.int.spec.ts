import fc from 'fast-check';
import type { InvolvementEvent } from '#lib/events';
import { migrateReadModel, openReadModel, type ReadModelPool, tables } from '#lib/read-model';
import { anyDelivery, anyLog, type Entry } from '../../../test/support/any-log.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { loggedEvent } from '../../../test/support/logged-event.js';
import { BatchWriter } from './apply.js';
import { nothingFolded } from './fold-events.js';
import { projectDecision, projectEvent } from './project.js';
import { type Counts, Tally } from './tally.js';

const PUBLISHED = Date.parse('2026-05-01T09:00:00Z');

let pool: ReadModelPool;
let writer: BatchWriter;
beforeAll(async () => {
  const url = await freshDatabase('tally');
  await migrateReadModel(url, { partitions: 1 });
  pool = openReadModel(url, { forWriting: true, pipeline: true });
  writer = new BatchWriter(pool, 'read_1');
});
afterAll(() => pool.end());
beforeEach(() => pool.query(`TRUNCATE ${Object.values(tables).map(({ name }) => `read_1.${name}`).join(', ')}`)); // prettier-ignore

let from = 0;
async function apply(entries: readonly Entry[]): Promise<void> {
  const folded = nothingFolded();
  const counts = folded.tally.of('mosaic', PUBLISHED);
  for (const entry of entries) {
    counts.received += 1;
    folded.fold.addEvent(
      entry.log === 'identity-log' ? projectDecision(entry.decision, entry.place) : projectEvent(entry.event, entry.place),
      counts,
    );
  }
  await writer.apply({ ...folded, step: { topic: 'log', partition: 0, from, to: (from += 1), skipped: 0, lastEventId: 'any' } });
}

async function counted(): Promise<Counts> {
  const { rows } = await pool.query('SELECT received, applied, superseded, erased, parked, discarded FROM read_1.tally WHERE source = $1', [
    'mosaic',
  ]);
  return rows[0] as Counts;
}

const closed = (position: number): Entry => ({
  log: 'involvement-log',
  place: { subject: '00000000-0000-0000-0000-000000000001', partition: 0, offset: position },
  event: {
    type: 'InvolvementClosed',
    eventId: '0'.repeat(32),
    source: 'mosaic',
    recordId: '1',
    sourceVersion: { epoch: 0, position },
    occurredAt: PUBLISHED,
    involvementId: 'a',
    closedOn: null,
    reason: null,
  },
});

describe('What became of every event', () => {
  beforeEach(() => {
    from = 0;
  });

  it('is applied where it is news, and superseded where the index knows as much or better, within a batch and from batch to batch', async () => {
    await apply([closed(5), closed(6), closed(6), closed(4)]);
    expect(await counted()).toMatchObject({ received: 4, applied: 2, superseded: 2 });
    await apply([closed(6), closed(3)]);
    expect(await counted()).toMatchObject({ received: 6, applied: 2, superseded: 4 });
    await apply([closed(7)]);
    expect(await counted()).toMatchObject({ received: 7, applied: 3, superseded: 4 });
  });

  it('is applied where any of what it says is news, in whichever of its registers', async () => {
    const of = (event: InvolvementEvent): Entry => ({ ...closed(0), log: 'involvement-log', event }) as Entry;
    const [opened, updated] = (['InvolvementOpened', 'InvolvementUpdated'] as const).map((type, at) =>
      of(loggedEvent(type, { sourceVersion: { epoch: 0, position: at + 1 } })),
    );
    // The newer description is there already; that it is open is news.
    await apply([updated!, opened!]);
    expect(await counted()).toMatchObject({ received: 2, applied: 2, superseded: 0 });
    await apply([opened!, updated!]);
    expect(await counted()).toMatchObject({ received: 4, applied: 2, superseded: 2 });
  });

  it('adds up, whatever comes in whatever order and however often; what comes again is never applied', async () => {
    const deliveries = anyLog({ maxLength: 20 }).chain((log) => anyDelivery(log));
    await fc.assert(
      fc.asyncProperty(deliveries, async (batches) => {
        await pool.query('TRUNCATE read_1.tally, read_1.checkpoint');
        from = 0;
        for (const batch of batches) await apply(batch);
        const first = await counted();
        const events = batches.flat();
        if (events.length === 0) return;
        expect(first.applied + first.superseded).toBe(events.length);
        await apply(events);
        const again = await counted();
        expect(again.received).toBe(2 * events.length);
        const nothing = events.filter(
          (entry) =>
            entry.log === 'identity-log' &&
            (entry.decision.type === 'MatchModelChosen' || (entry.decision.type === 'MatchedUpTo' && entry.decision.offsets.length === 0)),
        );
        expect(again.applied - first.applied).toBe(nothing.length);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('is forgotten with the batch it was counted in', async () => {
    const folded = nothingFolded();
    folded.tally.of('mosaic', PUBLISHED).received += 1;
    const step = { topic: 'log', partition: 0, from: 0, to: 1, skipped: 0, lastEventId: 'any' };
    const fails = writer.apply({ ...folded, tally: new Failing(), step });
    await expect(fails).rejects.toMatchObject({ code: 'read-model-unavailable' });
    expect(await counted()).toBeUndefined();
    expect((await pool.query('SELECT FROM read_1.checkpoint WHERE next_offset > 0')).rowCount).toBe(0);
  });
});

class Failing extends Tally {
  override async note(): Promise<void> {
    throw new Error('the connection is gone');
  }
}

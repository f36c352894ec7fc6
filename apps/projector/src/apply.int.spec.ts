import fc from 'fast-check';
import { createGenerationTables, factTables, migrateReadModel, openReadModel, type ReadModelPool, tables } from '#lib/read-model';
import { anyDelivery, anyLog, type Entry } from '../../../test/support/any-log.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { lastSaid } from '../../../test/support/last-said.js';
import { BatchWriter } from './apply.js';
import { Fold } from './fold.js';
import { projectDecision, projectEvent } from './project.js';
import { Tally } from './tally.js';

let pool: ReadModelPool;
beforeAll(async () => {
  const url = await freshDatabase('projector-apply');
  await migrateReadModel(url, { partitions: 4 });
  pool = openReadModel(url, { forWriting: true, pipeline: true });
  await createGenerationTables(pool, 'read_2');
});
afterAll(() => pool.end());

function folded(entries: Entry[]): Fold {
  const fold = new Fold();
  for (const entry of entries) {
    const writes = entry.log === 'identity-log' ? projectDecision(entry.decision, entry.place) : projectEvent(entry.event, entry.place);
    for (const write of writes) fold.add(write);
  }
  return fold;
}

/** Applies batches one after the other as the steps of one partition, from an empty generation. */
async function applyAll(writer: BatchWriter, batches: Entry[][], partition = 0): Promise<void> {
  for (const [from, batch] of batches.entries()) {
    const step = { topic: 'any', partition, from, to: from + 1, skipped: 0, lastEventId: 'any' };
    expect(await writer.apply({ step, fold: folded(batch), reached: new Map(), parked: [], tally: new Tally() })).toBe('advanced');
  }
}

async function empty(schema: string): Promise<void> {
  await pool.query(`TRUNCATE ${[...factTables, tables.checkpoint].map(({ name }) => `${schema}.${name}`).join(', ')}`);
}

async function rowsIn(schema: string): Promise<Record<string, Record<string, unknown>[]>> {
  const rows = factTables.map(async ({ name, key }) => {
    const found = await pool.query(`SELECT * FROM ${schema}.${name} ORDER BY ${Object.keys(key).join(', ')}`);
    return [name, found.rows] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}

const deliveries = anyLog({ maxLength: 30 }).chain((log) => fc.tuple(fc.constant(log), anyDelivery(log), anyDelivery(log)));

describe('Applying batches to PostgreSQL', () => {
  it('ends in the same rows whatever the order of arrival, the repetitions and the cuts into batches', async () => {
    const [ordered, shuffled] = [new BatchWriter(pool, 'read_1'), new BatchWriter(pool, 'read_2')];
    await fc.assert(
      fc.asyncProperty(deliveries, async ([log, batches]) => {
        await Promise.all([empty('read_1'), empty('read_2')]);
        await applyAll(ordered, [log]);
        await applyAll(shuffled, batches);
        expect(await rowsIn('read_2')).toEqual(await rowsIn('read_1'));
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('ends in the same rows when partitions that share facts are applied at the same time', async () => {
    const [ordered, together] = [new BatchWriter(pool, 'read_1'), new BatchWriter(pool, 'read_2')];
    await fc.assert(
      fc.asyncProperty(deliveries, async ([log, one, other]) => {
        await Promise.all([empty('read_1'), empty('read_2')]);
        await applyAll(ordered, [log]);
        await Promise.all([applyAll(together, one, 1), applyAll(together, other, 2)]);
        expect(await rowsIn('read_2')).toEqual(await rowsIn('read_1'));
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('holds of every fact what its source said last, as reckoned without projections, fold or SQL', async () => {
    const writer = new BatchWriter(pool, 'read_1');
    await fc.assert(
      fc.asyncProperty(deliveries, async ([log, batches]) => {
        await empty('read_1');
        await applyAll(writer, batches);
        const rows = await rowsIn('read_1');
        const said = lastSaid(log);
        const written = factTables.flatMap((table) =>
          rows[table.name]!.flatMap((row) =>
            Object.keys(table.registers)
              .filter((register) => row[`${register}_epoch`] !== -1)
              .map(
                (register) =>
                  [`${[table.name, ...Object.keys(table.key).map((column) => row[column])].join(' ')} ${register}`, row] as const,
              ),
          ),
        );
        expect(written.map(([name]) => name).sort()).toEqual([...said.keys()].sort());
        for (const [name, row] of written) expect(said.get(name)!.said.map((columns) => ({ ...row, ...columns }))).toContainEqual(row);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('does not touch a row in which nothing is newer, so that a replay writes nothing', async () => {
    const writer = new BatchWriter(pool, 'read_1');
    const [log] = fc.sample(
      anyLog({ maxLength: 40 }).filter((entries) => entries.length > 20),
      1,
    );
    await empty('read_1');
    await applyAll(writer, [log!]);
    const versionsOfRows = async () =>
      (await Promise.all(factTables.map(({ name }) => pool.query(`SELECT xmin FROM read_1.${name}`)))).map(({ rows }) => rows);
    const before = await versionsOfRows();
    await applyAll(writer, [log!, [...log!].reverse()], 1);
    expect(await versionsOfRows()).toEqual(before);
  });

  it('lets no two partitions wait for each other in a circle, whatever order they bring the same facts in', async () => {
    const writers = [new BatchWriter(pool, 'read_1'), new BatchWriter(pool, 'read_1')];
    const facts = Array.from({ length: 6_000 }, (_, index): Entry => {
      const subject = `${String(index).padStart(8, '0')}-0000-0000-0000-000000000000`;
      const decision = { type: 'RecordAssigned', decision: index, subject, person: subject, reason: 'test', modelVersion: '1' } as const;
      return { log: 'identity-log', decision, place: { partition: 0, offset: index, publishedAt: 0 } };
    });
    await empty('read_1');
    for (let round = 0; round < 4; round += 1) {
      const newer = facts.map((fact) => ({ ...fact, decision: { ...(fact as { decision: object }).decision, decision: round } }) as Entry);
      const step = (partition: number) => ({ topic: 'any', partition, from: round, to: round + 1, skipped: 0, lastEventId: 'any' });
      const apply = (partition: number, entries: Entry[]) =>
        writers[partition]!.apply({ step: step(partition), fold: folded(entries), reached: new Map(), parked: [], tally: new Tally() });
      expect(await Promise.all([apply(0, newer), apply(1, [...newer].reverse())])).toEqual(['advanced', 'advanced']);
    }
  });
});

import fc from 'fast-check';
import { tables } from '#lib/read-model';
import { anyDelivery, anyLog, type Entry } from '../../../test/support/any-log.js';
import { lastSaid } from '../../../test/support/last-said.js';
import { Fold } from './fold.js';
import { projectDecision, projectEvent } from './project.js';
import type { RegisterWrite } from './register-write.js';

const writesOf = (entry: Entry): RegisterWrite[] =>
  entry.log === 'identity-log' ? projectDecision(entry.decision, entry.place) : projectEvent(entry.event, entry.place);

function folded(entries: Entry[]): Fold {
  const fold = new Fold();
  for (const entry of entries) for (const write of writesOf(entry)) fold.add(write);
  return fold;
}

/** Rows of every table, each register as its version and values. */
function rowsOf(fold: Fold) {
  return Object.values(tables).flatMap((table) =>
    fold.rowsOf(table).map(({ key, registers }) => ({
      table: table.name,
      key,
      registers: Object.fromEntries(
        Object.entries(registers)
          .map(
            ([name, { write, digest }]) => [name, { at: [write.epoch, write.position, write.rank, digest], values: write.values }] as const,
          )
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    })),
  );
}

const deliveries = anyLog({ maxLength: 40 }).chain((log) => fc.tuple(fc.constant(log), anyDelivery(log)));

describe('Folding events into rows', () => {
  it('ends in the same rows whatever the order of arrival, the repetitions and the cuts into batches', () => {
    fc.assert(
      fc.property(deliveries, ([log, batches]) => {
        const whole = new Fold();
        for (const batch of batches.map(folded))
          for (const table of Object.values(tables))
            for (const row of batch.rowsOf(table)) for (const { write } of Object.values(row.registers)) whole.add(write);
        expect(rowsOf(whole)).toEqual(rowsOf(folded(log)));
      }),
      { numRuns: 300 },
    );
  });

  it('holds of every fact what its source said last, as reckoned without projections', () => {
    fc.assert(
      fc.property(anyLog({ maxLength: 40 }), (log) => {
        const rows = rowsOf(folded(log)).flatMap(({ table, key, registers }) =>
          Object.entries(registers).map(([name, { values }]) => [`${table} ${Object.values(key).join(' ')} ${name}`, values] as const),
        );
        const said = lastSaid(log);
        expect(rows.map(([name]) => name).sort()).toEqual([...said.keys()].sort());
        for (const [name, values] of rows) expect(said.get(name)!.map((columns) => ({ ...values, ...columns }))).toContainEqual(values);
      }),
      { numRuns: 300 },
    );
  });
});

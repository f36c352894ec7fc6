import { factTables, type ReadModelPool } from '#lib/read-model';
import type { PoolClient } from 'pg';
import { type Step, type StepResult, takeStep } from './checkpoint.js';
import { readModelError } from './errors.js';
import type { Fold, FoldedRow } from './fold.js';
import type { FoldedMessages } from './fold-events.js';
import { parkEvents } from './park.js';
import { noteProgress } from './source-progress.js';
import { TableWriter } from './table-writer.js';

/** Everything one batch does to the read model. */
export interface FoldedBatch extends FoldedMessages {
  step: Step;
}

/** Applies folded batches to one generation: each is one transaction, all of it or nothing. */
export class BatchWriter {
  /** In this order by every writer, so that none waits for another in a circle. */
  private readonly writers: TableWriter[];

  constructor(
    private readonly pool: ReadModelPool,
    readonly schema: string,
  ) {
    this.writers = factTables.map((table) => new TableWriter(schema, table));
  }

  /**
   * Takes the step and writes what goes with it, unless the checkpoint stands elsewhere: then nothing is written.
   * @param check runs inside the transaction, once the batch's events are parked; what it throws undoes all of it.
   * @throws ReadModelUnavailableError (retry) or RowRefusedError (an event of the batch can't be stored).
   */
  apply(batch: FoldedBatch, check?: Check): Promise<StepResult> {
    return this.inTransaction(async (client) => {
      const result = await takeStep(client, this.schema, batch.step);
      if (result === 'advanced') await this.writeStep(client, batch, check);
      return result;
    });
  }

  /** Runs work in a transaction of the generation. @throws as `apply` does; all of the work is undone then. */
  async inTransaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw readModelError(error);
    });
    let broken: Error | undefined;
    try {
      const [, result] = await Promise.all([client.query('BEGIN'), work(client)]);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((rollback: Error) => (broken = rollback));
      throw error instanceof Error && 'retriable' in error ? error : readModelError(error);
    } finally {
      client.release(broken);
    }
  }

  private async writeStep(client: PoolClient, batch: FoldedBatch, check?: Check): Promise<void> {
    const { step, fold, reached, parked, tally } = batch;
    const now = Date.now();
    if (parked.length > 0) await parkEvents(client, this.schema, { ...step, events: parked, parkedAt: now });
    await check?.(client);
    await this.writeRows(client, fold);
    await Promise.all([
      noteProgress(client, this.schema, { partition: step.partition, reached, appliedAt: now }),
      tally.note(client, this.schema, step),
    ]);
  }

  /**
   * Writes the rows and settles which of their events were applied, and which the index knew better about already.
   * Statements are sent without waiting for the answer to the one before: while another partition is folded, answers wait for their turn,
   * and PostgreSQL would idle between them. After one that failed, PostgreSQL refuses the rest.
   */
  async writeRows(client: PoolClient, fold: Fold): Promise<void> {
    // All are built before the first is sent: building may refuse a row.
    const statements = this.writers
      .map((writer) => ({ writer, rows: fold.rowsOf(writer.table) }))
      .filter(({ rows }) => rows.length > 0)
      .map(({ writer, rows }) => ({ writer, rows, statement: writer.statement(rows) }));
    const answers = await Promise.all(statements.map(({ statement }) => client.query(statement)));
    for (const [at, { writer, rows }] of statements.entries()) {
      const untouched = answers[at]!.rowCount === rows.length ? undefined : await writer.untouched(client, rows);
      for (const row of rows) settle(row, untouched?.has(row) ? 'superseded' : 'applied');
    }
  }
}

function settle(row: FoldedRow, outcome: 'applied' | 'superseded'): void {
  for (const counts of row.counted) counts[outcome] += 1;
}

type Check = (client: PoolClient) => Promise<void>;

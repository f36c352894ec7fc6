import { type ReadModelPool, tables } from '#lib/read-model';
import type { PoolClient } from 'pg';
import { type Step, type StepResult, takeStep } from './checkpoint.js';
import { readModelError } from './errors.js';
import type { Fold } from './fold.js';
import { type ParkedEvent, parkEvents } from './park.js';
import { noteProgress, type SourceReached } from './source-progress.js';
import { TableWriter } from './table-writer.js';

/** Everything one batch does to the read model. */
export interface FoldedBatch {
  step: Step;
  fold: Fold;
  reached: ReadonlyMap<string, SourceReached>;
  parked: readonly ParkedEvent[];
}

/** In this order by every writer, so that none waits for another in a circle. */
const FOLDED = [
  tables.record,
  tables.involvement,
  tables.relationship,
  tables.coverage,
  tables.recordPerson,
  tables.personRedirect,
  tables.matchedUpTo,
];

/** Applies folded batches to one generation: each is one transaction, all of it or nothing. */
export class BatchWriter {
  private readonly writers: TableWriter[];

  constructor(
    private readonly pool: ReadModelPool,
    readonly schema: string,
  ) {
    this.writers = FOLDED.map((table) => new TableWriter(schema, table));
  }

  /**
   * Takes the step and writes what goes with it, unless the checkpoint stands elsewhere: then nothing is written.
   * @param check runs inside the transaction, after all writes; what it throws undoes them.
   * @throws ReadModelUnavailableError (retry) or RowRefusedError (an event of the batch can't be stored).
   */
  async apply(batch: FoldedBatch, check?: (client: PoolClient) => Promise<void>): Promise<StepResult> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw readModelError(error);
    });
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await takeStep(client, this.schema, batch.step);
      if (result === 'advanced') {
        await this.write(client, batch);
        await check?.(client);
      }
      // Whatever the result, the checkpoint row itself may have been made.
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((rollback: Error) => (broken = rollback));
      throw error instanceof Error && 'retriable' in error ? error : readModelError(error);
    } finally {
      client.release(broken);
    }
  }

  private async write(client: PoolClient, { step, fold, reached, parked }: FoldedBatch): Promise<void> {
    const { topic, partition } = step;
    const now = Date.now();
    for (const writer of this.writers) {
      const rows = fold.rowsOf(writer.table);
      if (rows.length > 0) await client.query(writer.statement(rows));
    }
    await noteProgress(client, this.schema, { partition, reached, appliedAt: now });
    await parkEvents(client, this.schema, { topic, partition, events: parked, parkedAt: now });
  }
}

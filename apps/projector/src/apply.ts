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
   * @param check runs inside the transaction, once the batch's events are parked; what it throws undoes all of it.
   * @throws ReadModelUnavailableError (retry) or RowRefusedError (an event of the batch can't be stored).
   */
  async apply(batch: FoldedBatch, check?: Check): Promise<StepResult> {
    const client = await this.pool.connect().catch((error: unknown) => {
      throw readModelError(error);
    });
    let broken: Error | undefined;
    try {
      const [, result] = await Promise.all([client.query('BEGIN'), takeStep(client, this.schema, batch.step)]);
      if (result === 'advanced') await this.write(client, batch, check);
      // Nothing but the checkpoint row itself, should it have been made just now.
      else await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((rollback: Error) => (broken = rollback));
      throw error instanceof Error && 'retriable' in error ? error : readModelError(error);
    } finally {
      client.release(broken);
    }
  }

  /**
   * Statements are sent without waiting for the answer to the one before: while another partition is folded, answers wait for their turn, and
   * PostgreSQL would idle between them. After one that failed, PostgreSQL refuses the rest and takes COMMIT for ROLLBACK.
   */
  private async write(client: PoolClient, { step, fold, reached, parked }: FoldedBatch, check?: Check): Promise<void> {
    const { topic, partition } = step;
    const now = Date.now();
    if (parked.length > 0) await parkEvents(client, this.schema, { topic, partition, events: parked, parkedAt: now });
    await check?.(client);
    // All are built before the first is sent: building may refuse a row.
    const statements = this.writers
      .map((writer) => ({ writer, rows: fold.rowsOf(writer.table) }))
      .filter(({ rows }) => rows.length > 0)
      .map(({ writer, rows }) => writer.statement(rows));
    await Promise.all([
      ...statements.map((statement) => client.query(statement)),
      noteProgress(client, this.schema, { partition, reached, appliedAt: now }),
      client.query('COMMIT'),
    ]);
  }
}

type Check = (client: PoolClient) => Promise<void>;

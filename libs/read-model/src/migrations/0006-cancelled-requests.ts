import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A request can be cancelled, whether it waits or is under way; the regular check waits or is under way once, however many processes ask. */
export class CancelledRequests1764201600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE control.request
        DROP CONSTRAINT request_state_check,
        ADD CONSTRAINT request_state_check CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
        ADD COLUMN cancelled_by text,
        ADD COLUMN cancel_reason text`);
    // Taken back because nobody took it: nothing had failed.
    await runner.query(`UPDATE control.request SET state = 'cancelled' WHERE state = 'failed' AND outcome->>'code' = 'withdrawn'`);
    // Every process asked for its own; the next is asked for within the hour.
    await runner.query(`
      UPDATE control.request SET state = 'cancelled', ended_at = now()
      WHERE verb = 'check' AND asked_by = 'upkeep' AND state IN ('waiting', 'running')`);
    await runner.query(`
      CREATE UNIQUE INDEX one_regular_check ON control.request (verb)
      WHERE verb = 'check' AND asked_by = 'upkeep' AND state IN ('waiting', 'running')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX control.one_regular_check');
    await runner.query(`UPDATE control.request SET state = 'failed' WHERE state = 'cancelled'`);
    await runner.query(`
      ALTER TABLE control.request DROP COLUMN cancelled_by, DROP COLUMN cancel_reason, DROP CONSTRAINT request_state_check,
        ADD CONSTRAINT request_state_check CHECK (state IN ('waiting', 'running', 'done', 'failed'))`);
  }
}

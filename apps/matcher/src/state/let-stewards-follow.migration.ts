import type { MigrationInterface, QueryRunner } from 'typeorm';

const STEWARDS = 'index_stewards';

/** The query service sees what became of the rulings it asked for: whether a decision still waits to be sent, and whether the matcher is catching up. */
export class LetStewardsFollow1764979200000 implements MigrationInterface {
  readonly name = 'LetStewardsFollow1764979200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      GRANT SELECT (decision) ON matcher.outbox TO ${STEWARDS};
      GRANT SELECT (catch_up, writer) ON matcher.progress TO ${STEWARDS}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT (decision) ON matcher.outbox FROM ${STEWARDS};
      REVOKE SELECT (catch_up, writer) ON matcher.progress FROM ${STEWARDS}`);
  }
}

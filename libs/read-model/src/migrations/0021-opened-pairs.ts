import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which two records a steward has opened, and why; and who has asked to take a ruling back that two must. Both stand in `decided`, outside every generation. */
export class OpenedPairs1765497600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE decided.opened_pair (
        one uuid NOT NULL,
        other uuid NOT NULL CHECK (one < other),
        steward text NOT NULL,
        because text NOT NULL,
        opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (one, other, steward)
      );
      CREATE TABLE decided.take_back (
        ruling uuid NOT NULL,
        steward text NOT NULL,
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (ruling, steward)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE decided.take_back; DROP TABLE decided.opened_pair');
  }
}

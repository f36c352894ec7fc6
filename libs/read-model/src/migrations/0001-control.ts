import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `control` stands outside every generation: it says which of them readers see. */
export class Control1763856000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE control.generation (
        id int PRIMARY KEY,
        schema_name text NOT NULL UNIQUE,
        fold_version int NOT NULL,
        partitions int NOT NULL,
        state text NOT NULL CHECK (state IN ('building', 'live', 'retired', 'kept')),
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE UNIQUE INDEX one_live_generation ON control.generation (state) WHERE state = 'live'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE control.generation');
  }
}

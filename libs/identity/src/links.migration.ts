import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links from other systems, each to a person by a case ID that stands sealed here and in no address. */
export class Links1764200000001 implements MigrationInterface {
  readonly name = 'Links1764200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session.link (
        id uuid PRIMARY KEY,
        sealed bytea NOT NULL,
        made_at bigint NOT NULL
      );
      CREATE INDEX link_made_at ON session.link (made_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE session.link');
  }
}

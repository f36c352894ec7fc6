import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records that a model decides otherwise than the one before it, noted before it is switched to, so that deciding waits for little then. */
export class NoteDiffering1765065600000 implements MigrationInterface {
  readonly name = 'NoteDiffering1765065600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE matcher.differing (model int, subject uuid, PRIMARY KEY (model, subject))');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE matcher.differing');
  }
}

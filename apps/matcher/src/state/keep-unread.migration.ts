import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that could not be read when their turn came, and are read again from the log. */
export class KeepUnread1765152000000 implements MigrationInterface {
  readonly name = 'KeepUnread1765152000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE matcher.unread (
        topic text,
        partition int,
        log_offset bigint,
        /* Null where not even that could be read. */
        subject uuid,
        code text NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        again_at timestamptz NOT NULL DEFAULT now() + interval '1 second',
        PRIMARY KEY (topic, partition, log_offset)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE matcher.unread');
  }
}

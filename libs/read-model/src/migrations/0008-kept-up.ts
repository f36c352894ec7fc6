import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which generations projectors say they fold, and the key under which differences are told by digests. */
export class KeptUp1764374400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE control.kept_up (
        generation int PRIMARY KEY,
        said_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`);
    await runner.query(`CREATE TABLE control.digest_key (key bytea NOT NULL)`);
    await runner.query(
      `INSERT INTO control.digest_key SELECT sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE control.kept_up, control.digest_key');
  }
}

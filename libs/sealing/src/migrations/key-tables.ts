import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `lookup` is the record's keyed hash: it finds the record's key, and a tombstone's bars the record until it is reinstated. */
export class KeyTables1763856000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table data_key (
        subject uuid primary key,
        lookup bytea unique,
        wrapped bytea not null,
        made_at timestamptz not null
      )`);
    await runner.query(`
      create table tombstone (
        subject uuid primary key,
        lookup bytea unique,
        erased_at timestamptz not null
      )`);
  }

  async down(): Promise<void> {
    throw new Error('keys are never dropped by a migration');
  }
}

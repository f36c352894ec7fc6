import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndexStatements } from '../create-table.js';
import { GUESSED_INDEX } from '../guessed-births.js';
import { record } from '../tables.js';

/** The index of records whose date of birth is a guess, for generations folded before. One that has no indexes yet gets it from its builder. */
export class GuessedBirths1765843200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const generations = (await runner.query(
      `SELECT schema_name AS schema FROM control.generation WHERE to_regclass(schema_name || '.record_2') IS NOT NULL`,
    )) as { schema: string }[];
    for (const { schema } of generations)
      for (const statement of createIndexStatements(schema, record)) if (statement.endsWith(GUESSED_INDEX)) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('a generation made since has this index as well');
  }
}

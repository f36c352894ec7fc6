import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTableStatement } from '../create-table.js';
import { assignedOnce } from '../tables.js';

/** Generations folded before it was kept whose records once were get the table, empty: pages that ask it go on, and tell of no split until they are rebuilt. */
export class AssignedOnce1765152000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const generations = (await runner.query(
      `SELECT schema_name AS schema FROM control.generation WHERE to_regnamespace(schema_name) IS NOT NULL`,
    )) as { schema: string }[];
    for (const { schema } of generations)
      await runner.query(createTableStatement(schema, assignedOnce).replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'));
  }

  async down(): Promise<void> {
    // The tables go with their generations.
  }
}

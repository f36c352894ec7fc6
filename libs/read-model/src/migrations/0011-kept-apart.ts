import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTableStatement } from '../create-table.js';
import { keptApart } from '../tables.js';

/** Generations folded before records could be kept apart by hand get the table, empty: pages that ask it go on until they are rebuilt. */
export class KeptApart1764633600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const generations = (await runner.query(`SELECT schema_name AS schema FROM control.generation WHERE state <> 'dropped'`)) as {
      schema: string;
    }[];
    for (const { schema } of generations)
      await runner.query(createTableStatement(schema, keptApart).replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'));
  }

  async down(): Promise<void> {
    // The tables go with their generations.
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CARER_INDEXES } from '../carer-links.js';
import { createIndexStatements } from '../create-table.js';
import { relationship } from '../tables.js';

/** Indexes of the few links that say who cares for whom, for generations folded before. One that has no indexes yet gets them from its builder. */
export class CarerLinks1765756800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const generations = (await runner.query(
      `SELECT schema_name AS schema FROM control.generation WHERE to_regclass(schema_name || '.relationship_2') IS NOT NULL`,
    )) as { schema: string }[];
    for (const { schema } of generations)
      for (const statement of createIndexStatements(schema, relationship))
        if (CARER_INDEXES.some((index) => statement.endsWith(index))) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('a generation made since has these indexes as well');
  }
}

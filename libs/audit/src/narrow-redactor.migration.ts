import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ENTRY_COLUMNS } from './entry.table.js';
import { isRedactable } from './redactable.js';
import { REDACTOR_ROLE } from './seal/seal-audit.migration.js';

/** The redactor could blank what must stay of every entry, too. */
export class NarrowRedactor1765500000006 implements MigrationInterface {
  readonly name = 'NarrowRedactor1765500000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`REVOKE UPDATE (${STAYING}) ON audit.entry FROM ${REDACTOR_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT UPDATE (${STAYING}) ON audit.entry TO ${REDACTOR_ROLE}`);
  }
}

const STAYING = Object.entries(ENTRY_COLUMNS)
  .filter(([field]) => field !== 'id' && !isRedactable(field))
  .map(([, { column }]) => column)
  .join();

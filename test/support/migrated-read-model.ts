import type { QueryResult, QueryResultRow } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrateReadModel, openReadModel, type ReadModelPool } from '#lib/read-model';
import { freshDatabase } from './fresh.js';

/** A read model as the newest version has it; a test puts back what a migration found, and migrates again. */
export class MigratedReadModel {
  private constructor(
    private readonly url: string,
    private readonly pool: ReadModelPool,
  ) {}

  static async open(): Promise<MigratedReadModel> {
    const url = await freshDatabase('read-model');
    await migrateReadModel(url, { partitions: 1 });
    return new MigratedReadModel(url, openReadModel(url, { max: 1 }));
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>> {
    return this.pool.query<Row>(text, values);
  }

  /** Takes back one migration, and what it has made. */
  down(migration: MigrationInterface): Promise<void> {
    return migration.down(this.runner);
  }

  up(migration: MigrationInterface): Promise<void> {
    return migration.up(this.runner);
  }

  /** Makes every migration that is not noted as made. */
  migrateAgain(): Promise<void> {
    return migrateReadModel(this.url, { partitions: 1 });
  }

  private get runner(): QueryRunner {
    return { query: (text: string) => this.pool.query(text) } as unknown as QueryRunner;
  }
}

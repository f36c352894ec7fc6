export { createGeneration, FOLD_VERSION, type Generation, liveGeneration, NoLiveGenerationError, type Queryable } from './generation.js';
export { migrateReadModel, PartitionsChangedError } from './migrate.js';
export { openReadModel, type ReadModelPool } from './open-read-model.js';
export { type Columns, type ColumnType, type Registers, type Table, type Values } from './table.js';
export { tables } from './tables.js';
export { type Upsert, upsertStatement } from './upsert-statement.js';

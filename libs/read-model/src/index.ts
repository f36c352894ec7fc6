export { CARED_FOR, CARERS, LINKS_A_CARER, LINKS_A_CHILD } from './carer-links.js';
export { eventsBehind, foldedTo } from './checkpoints.js';
export { Digests } from './digests.js';
export { FOLD_VERSION, FOLDED_AS } from './fold-version.js';
export {
  createGenerationIndexes,
  createGenerationTables,
  type Generation,
  liveGeneration,
  NoLiveGenerationError,
  type Queryable,
} from './generation.js';
export { lockGeneration, unlockGeneration } from './generation-lock.js';
export {
  allGenerations,
  askForGeneration,
  type BuildStage,
  BuildUnderWayError,
  generationNumbered,
  type ListedGeneration,
  steerBuild,
  WrongGenerationError,
} from './generations.js';
export { beginsAfter, isNowSql, isOver, isOverSql } from './is-over.js';
export { isKeptUp, noteKeptUp } from './kept-up.js';
export { migrateReadModel, PartitionsChangedError } from './migrate.js';
export { openReadModel, type ReadModelPool } from './open-read-model.js';
export { mayBeOne, numbersOf, validNhs } from './may-be-one.js';
export { AUDIT_CHANGED, keepOutsideAlarm } from './outside-alarm.js';
export { holdParkedLock } from './parked-lock.js';
export { type ProblemWaiting, problemsWaiting, type WaitsFor } from './problems-waiting.js';
export {
  askForRegularCheck,
  askRequest,
  cancelRequest,
  endRequest,
  isCancelled,
  lastRequests,
  lockRequestForTransaction,
  noteRequestProgress,
  type OperatorRequest,
  requestOf,
  requestsUnderWay,
  type RequestVerb,
  takeRequest,
  versionNeeded,
  withdrawRequest,
  WrongRequestError,
} from './requests.js';
export { COMPARED, restrictedBySource, restrictingAmong, restricts } from './restricts.js';
export { dropGeneration, switchGeneration, SwitchRefusedError, whyUnproven } from './switch-generation.js';
export { isBalanced, type PartitionTally, partitionTallies } from './partition-tallies.js';
export { type Columns, type ColumnType, type Registers, type Table, type Values } from './table.js';
export { factTables, tables } from './tables.js';
export { nextOf } from './tied-records.js';
export { type Upsert, upsertStatement } from './upsert-statement.js';

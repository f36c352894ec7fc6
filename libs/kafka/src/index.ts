export { type Brokers, brokersOf, connectKafka, type Kafka } from './connect-kafka.js';
export { consumeLog } from './consume.js';
export { HaltError, haltFor } from './consume-errors.js';
export {
  type Hole,
  type LogConsumption,
  type LogMessage,
  type PartitionBatch,
  type StartingPoint,
  type TopicPartition,
} from './consume-options.js';
export { ContractBrokenError, LogUnavailableError, UndecodableError } from './errors.js';
export { LogCodec } from './log-codec.js';
export { LogProducer, type LogRecord } from './log-producer.js';
export { LandingCodec } from './landing-codec.js';
export { groupIsAtWork } from './group-members.js';
export { groupPositions, logEnds, offsetsAt } from './log-ends.js';
export { type OffsetRange, readRange } from './read-range.js';
export { registerSchemas } from './register-schemas.js';
export { type Rejection } from './rejection.js';
export { SchemaStore } from './schema-store.js';
export { ensureRights } from './ensure-rights.js';
export { CONNECT_USER, KAFKA_APPS, type Right, rightsOf, userOfSource } from './rights.js';
export { ensureTopics, type TopicPlan, topicPlan } from './topics.js';

export { connectKafka, type Kafka } from './connect-kafka.js';
export { consumeLog } from './consume.js';
export { HaltError } from './consume-errors.js';
export { type LogConsumption, type LogMessage, type PartitionBatch, type StartingPoint, type TopicPartition } from './consume-options.js';
export {
  ContractBrokenError,
  LogUnavailableError,
  PartitionCountError,
  RegistryUnavailableError,
  SchemaNotRegisteredError,
  UndecodableError,
} from './errors.js';
export { LogCodec } from './log-codec.js';
export { logEnds } from './log-ends.js';
export { LogProducer, type LogRecord } from './log-producer.js';
export { registerSchemas } from './register-schemas.js';
export { type Rejection } from './rejection.js';
export { SchemaStore } from './schema-store.js';
export { ensureTopics, type TopicPlan, topicPlan } from './topics.js';

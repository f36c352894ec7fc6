import { type Kafka, LogCodec, LogProducer, SchemaStore } from '#lib/kafka';
import type { LogWriter } from './event-log.js';

/** Learns the schemas' ids, then connects to the broker. @throws RetryableError when one of them is not there */
export async function openLogWriter(
  kafka: Kafka,
  { registryUrl, cacheDir }: { registryUrl: string; cacheDir: string },
): Promise<LogWriter> {
  const schemas = SchemaStore.open();
  const codec = await LogCodec.open({ registryUrl, cacheDir, schemas });
  return { schemas, codec, producer: await LogProducer.open(kafka) };
}

import kafkajs from 'kafkajs';
import { topicsOf } from '#lib/events';
import { connectKafka, ensureTopics } from '#lib/kafka';
import { readLog } from '../../support/read-log.js';
import { openReader } from '../open-reader.js';
import { connectJson } from './connect-json.js';
import { type PlainFact, PlainFacts } from './plain-facts.js';
import { endOf, FACT_TABLES } from './plain-table.js';

const AT_ONCE = 1000;
const LARGEST_BATCH = String(16 * 1024 * 1024);

export interface FilledTopics {
  /** Rows sent, one for each event of the log that tells a fact. */
  rows: number;
  partitions: number;
}

/** Writes the log's facts to one topic per table, named like it, each to the partition of its event. The last row of each partition says "end". */
export async function fillTopics(env: Record<string, string>): Promise<FilledTopics> {
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'bench' });
  const messages = await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).involvementLog);
  const partitions = Number(env.TOPIC_PARTITIONS);
  await ensureTopics(
    kafka,
    FACT_TABLES.map(({ name }) => ({ name, partitions, config: { 'max.message.bytes': LARGEST_BATCH } })),
  );
  const reader = await openReader(env);
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  const writers = new Map(FACT_TABLES.map((table) => [table, connectJson(table)]));
  const send = async (partition: number, facts: readonly PlainFact[]): Promise<void> => {
    const topicMessages = [...Map.groupBy(facts, ({ table }) => table)].map(([table, own]) => ({
      topic: table.name,
      messages: own.map(({ key, rest }) => ({ partition, ...writers.get(table)!(key, rest) })),
    }));
    await producer.sendBatch({ acks: 1, topicMessages });
  };
  const facts = new PlainFacts(reader);
  let rows = 0;
  for (const [partition, own] of Map.groupBy(messages, (message) => message.partition)) {
    for (let from = 0; from < own.length; from += AT_ONCE) {
      const some = await facts.of(
        partition,
        own.slice(from, from + AT_ONCE).map((message) => ({ ...message, timestamp: 0 })),
      );
      rows += some.length;
      await send(partition, some);
    }
  }
  for (let partition = 0; partition < partitions; partition += 1)
    await send(
      partition,
      FACT_TABLES.map((table) => ({ table, key: endOf(table, partition), rest: {} })),
    );
  await producer.disconnect();
  await reader.keys.close();
  return { rows, partitions };
}

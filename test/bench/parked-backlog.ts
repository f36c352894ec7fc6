import { topicsOf } from '#lib/events';
import { connectKafka, logEnds, type LogMessage, readRange } from '#lib/kafka';
import { openReadModel } from '#lib/read-model';
import { createLogger } from '#lib/runtime';
import { nothingFolded, park } from '../../apps/projector/src/fold-events.js';
import { parkEvents } from '../../apps/projector/src/park.js';
import { parkedMessage } from '../../apps/projector/src/why-parked.js';
import { openReader } from './open-reader.js';

const WHY = { code: 'key-missing', expected: 'a data key, or the tombstone of one', actual: 'neither' } as const;

/** Parks the first events of every partition in a read model, as if their keys had been away. @returns how many */
export async function parkFirstEvents(env: Record<string, string>, atMost: number): Promise<number> {
  const kafka = connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'bench' });
  const topic = topicsOf(env.TOPIC_PREFIX).involvementLog;
  const ends = await logEnds(kafka, topic);
  const each = Math.ceil(atMost / ends.length);
  const ranges = ends.map(({ partition, offset }) => ({ topic, partition, from: 0, to: Math.min(offset, each) }));
  const pool = openReadModel(env.READ_MODEL_URL!, { max: ranges.length, forWriting: true, pipeline: true });
  const reader = await openReader(env);
  const parkMessages = async (partition: number, messages: readonly LogMessage[]): Promise<void> => {
    const folded = nothingFolded();
    for (const message of messages) park(folded, parkedMessage(message, WHY, reader.codec.decodeEnvelope(message.value!)));
    const client = await pool.connect();
    await client.query('BEGIN');
    await parkEvents(client, 'read_1', { topic, partition, events: folded.parked, parkedAt: Date.now() });
    await folded.tally.note(client, 'read_1', { topic, partition });
    await client.query('COMMIT');
    client.release();
  };
  await readRange({
    kafka,
    groupPrefix: `${env.TOPIC_PREFIX}bench.`,
    ranges,
    apply: ({ partition, messages }) => parkMessages(partition, messages),
    signal: new AbortController().signal,
    logger: createLogger('bench', 'error'),
  });
  await Promise.all([pool.end(), reader.keys.close()]);
  return ranges.reduce((sum, { to }) => sum + to, 0);
}

import { z } from 'zod';
import { type LogMessage, logEnds, type OffsetRange, offsetsAt } from '#lib/kafka';
import { isUuid } from '#lib/runtime';
import { BatchWriter } from '../apply.js';
import { checkpointsOf } from '../fold-generation.js';
import { applyAgain } from './apply-again.js';
import { inEachGeneration } from './each-generation.js';
import { readLogs } from './read-logs.js';
import type { RequestWork } from './request-work.js';

/** What to apply again: of everything, one source or one subject, from an offset or an instant on. */
const Arguments = z.strictObject({
  source: z.string().optional(),
  subject: z.string().optional(),
  /** In every partition of both logs. */
  offset: z.int().min(0).optional(),
  /** Milliseconds since 1970: by when the event was published. */
  since: z.int().optional(),
  /** Only counts what would be read and applied again. */
  dryRun: z.boolean().default(false),
});
type Arguments = z.output<typeof Arguments>;

/**
 * Applies logged events again, up to where the generations have got, in every generation that keeps up. Checkpoints stay, so nothing is
 * counted twice and nobody waits; registers take only what is newer, so where nothing was lost nothing changes.
 */
export async function replay(work: RequestWork): Promise<Record<string, unknown>> {
  const wanted = Arguments.parse(work.request.arguments);
  const counted = { read: 0, applied: 0, refused: 0 };
  await work.progress(counted);
  await inEachGeneration(work, async ({ schema, state }) => {
    if (wanted.dryRun && state !== 'live') return;
    const writer = new BatchWriter(work.writing, schema);
    await readLogs(work, await rangesOf(work, schema, wanted), async ({ topic, partition, messages }) => {
      const own = await chosen(work, topic, messages, wanted);
      let refused = 0;
      if (own.length > 0 && !wanted.dryRun)
        await applyAgain(work.logs, writer, { topic, partition }, own, async (_, { parked }) => void (refused += parked.length));
      if (state !== 'live') return;
      counted.read += messages.length;
      counted.applied += own.length - refused;
      counted.refused += refused;
      await work.progress(counted);
    });
  });
  return { ...counted, dryRun: wanted.dryRun };
}

async function rangesOf(work: RequestWork, schema: string, wanted: Arguments): Promise<OffsetRange[]> {
  const { topics } = work.logs;
  const own = [topics.involvementLog, topics.identityLog];
  const starts = await Promise.all(own.map(async (topic) => startsOf(work, topic, wanted)));
  const from = new Map(starts.flat().map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]));
  const checkpoints = await checkpointsOf(work.writing, { schema, partitions: work.settings.topicPartitions, topics: own });
  return checkpoints.map(({ topic, partition, nextOffset }) => ({
    topic,
    partition,
    from: from.get(`${topic}/${partition}`) ?? 0,
    to: nextOffset,
  }));
}

async function startsOf({ logs }: RequestWork, topic: string, { since, offset = 0 }: Arguments) {
  const found =
    since === undefined
      ? (await logEnds(logs.kafka, topic)).map(({ partition, start }) => ({ partition, offset: Math.max(start, offset) }))
      : await offsetsAt(logs.kafka, topic, since);
  return found.map((start) => ({ topic, ...start }));
}

/** Events are keyed by their subject; whose source they are of stands on the envelope. Decisions are of no source. */
async function chosen(
  work: RequestWork,
  topic: string,
  messages: readonly LogMessage[],
  { source, subject }: Arguments,
): Promise<readonly LogMessage[]> {
  if (source === undefined && subject === undefined) return messages;
  const { reader, topics } = work.logs;
  await reader.codec.prepare(messages.map(({ value }) => value));
  return messages.filter((message) => {
    if (source === undefined && isUuid(message.key)) return message.key === subject;
    if (topic === topics.identityLog || message.value === null) return false;
    try {
      const envelope = reader.codec.decodeEnvelope(message.value);
      return (source === undefined || envelope.source === source) && (subject === undefined || envelope.subject === subject);
    } catch {
      // It is parked, and not what was asked for.
      return false;
    }
  });
}

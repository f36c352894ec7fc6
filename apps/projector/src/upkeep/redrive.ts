import type { PoolClient } from 'pg';
import { type ListedGeneration, liveGeneration } from '#lib/read-model';
import { RetryableError } from '#lib/runtime';
import { BatchWriter } from '../apply.js';
import { MATCHER } from '../fold-decisions.js';
import type { FoldedMessages } from '../fold-events.js';
import { parkEvents } from '../park.js';
import { applyAgain } from './apply-again.js';
import { inEachGeneration } from './each-generation.js';
import { countParked, lockParked, parkedBehind, ParkedFilter, type ParkedRow, unpark } from './parked-rows.js';
import type { RequestWork } from './request-work.js';

const AT_ONCE = 500;

/**
 * Folds parked events again, in every generation that keeps up: those that fold now are let go, the others stay with their new reason and
 * one more attempt. The counts are the live generation's.
 */
export async function redrive(work: RequestWork): Promise<Record<string, unknown>> {
  const filter = ParkedFilter.parse(work.request.arguments);
  // An event may be parked because the registry did not know its schema, or gave another.
  await work.logs.reader.codec.askAgain();
  let outcome = { released: 0, refused: 0 };
  await inEachGeneration(work, async (generation) => {
    const counted = await redriveGeneration(work, generation, filter);
    if (generation.state === 'live') outcome = counted;
  });
  // Of what readers see by now, whoever folds it: "drained" is said of that.
  return { ...outcome, stillParked: await countParked(work.writing, (await liveGeneration(work.control)).schema, filter) };
}

async function redriveGeneration(work: RequestWork, { schema, state }: ListedGeneration, filter: ParkedFilter) {
  const counted = { released: 0, refused: 0 };
  let behind: ParkedRow | undefined;
  while (!work.signal.aborted) {
    const rows = await parkedBehind(work.writing, schema, { filter, behind, atMost: AT_ONCE });
    behind = rows.at(-1);
    if (!behind) break;
    for (const [, own] of Map.groupBy(rows, ({ topic, partition }) => `${topic}/${partition}`)) {
      const { released, refused } = await redrivePartition(work, schema, own);
      counted.released += released;
      counted.refused += refused;
    }
    if (state === 'live') await work.progress(counted);
  }
  return counted;
}

async function redrivePartition(work: RequestWork, schema: string, rows: readonly ParkedRow[]) {
  const { topic, partition } = rows[0]!;
  const counted = { released: 0, refused: 0 };
  const messages = rows.map(({ offset, subject, bytes, publishedAt }) => ({ offset, key: subject, value: bytes, timestamp: publishedAt }));
  await applyAgain(work.logs, new BatchWriter(work.writing, schema), { topic, partition }, messages, async (client, folded, some) => {
    const offsets = new Set(some.map(({ offset }) => offset));
    const { released, refused } = await release(client, schema, { topic, partition }, [...offsets], folded);
    for (const row of rows.filter(({ offset }) => offsets.has(offset))) takeBack(folded, row, topic === work.logs.topics.identityLog);
    await folded.tally.note(client, schema, { topic, partition });
    counted.released += released;
    counted.refused += refused;
  });
  return counted;
}

async function release(
  client: PoolClient,
  schema: string,
  place: { topic: string; partition: number },
  offsets: readonly number[],
  { parked }: FoldedMessages,
) {
  if ((await lockParked(client, schema, place, offsets)) < offsets.length)
    throw new RetryableError('parked-elsewhere', 'somebody else let go of the same parked events');
  const refused = new Set(parked.map(({ offset }) => offset));
  await unpark(
    client,
    schema,
    place,
    offsets.filter((offset) => !refused.has(offset)),
  );
  await parkEvents(client, schema, { ...place, events: parked, parkedAt: Date.now() });
  return { released: offsets.length - refused.size, refused: refused.size };
}

/** The fold has counted the event as received anew, under what can be read of it now: what it was counted under when parked is taken back. */
function takeBack({ tally }: FoldedMessages, { source, publishedAt }: ParkedRow, decision: boolean): void {
  const counts = tally.of(decision ? MATCHER : source, publishedAt);
  counts.received -= 1;
  counts.parked -= 1;
}

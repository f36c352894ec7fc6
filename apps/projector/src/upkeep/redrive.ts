import type { PoolClient } from 'pg';
import { liveGeneration } from '#lib/read-model';
import { BatchWriter } from '../apply.js';
import { MATCHER } from '../fold-decisions.js';
import type { FoldedMessages } from '../fold-events.js';
import { parkEvents } from '../park.js';
import { applyAgain, type Partition } from './apply-again.js';
import { inEachGeneration } from './each-generation.js';
import {
  type Chosen,
  countParked,
  fitting,
  lockParked,
  type ParkedAs,
  parkedBehind,
  ParkedFilter,
  type ParkedRow,
  unpark,
} from './parked-rows.js';
import type { RequestWork } from './request-work.js';

const AT_ONCE = 500;

type Parts = Pick<RequestWork, 'logs' | 'writing' | 'signal'>;

/**
 * Folds parked events again, in every generation of this fold version that keeps up: those that fold now are let go, the others stay with
 * their new reason and one more attempt. The counts are the live generation's.
 */
export async function redrive(work: RequestWork): Promise<Record<string, unknown>> {
  const chosen = fitting(ParkedFilter.parse(work.request.arguments));
  // An event may be parked because the registry did not know its schema, or gave another.
  await work.logs.reader.codec.askAgain();
  let outcome = { released: 0, refused: 0 };
  await inEachGeneration(work, async ({ schema, state }) => {
    await redriveAll(work, schema, chosen, async (counted) => {
      if (state === 'live') await work.progress((outcome = { ...counted }));
    });
  });
  // Of what readers see by now, whoever folds it: "drained" is said of that.
  return { ...outcome, stillParked: await countParked(work.writing, (await liveGeneration(work.control)).schema, chosen) };
}

/** A generation built beside a redrive has parked what that one let go of: it is folded again there too. */
export async function redriveAgain(parts: Parts, schema: string): Promise<void> {
  await parts.logs.reader.codec.askAgain();
  await redriveAll(parts, schema, fitting({}), async () => undefined);
}

async function redriveAll(
  parts: Parts,
  schema: string,
  chosen: Chosen,
  each: (counted: { released: number; refused: number }) => Promise<void>,
): Promise<void> {
  const counted = { released: 0, refused: 0 };
  let behind: ParkedRow | undefined;
  while (!parts.signal.aborted) {
    const rows = await parkedBehind(parts.writing, schema, { chosen, behind, atMost: AT_ONCE });
    behind = rows.at(-1);
    if (!behind) break;
    for (const own of Map.groupBy(rows, ({ topic, partition }) => `${topic}/${partition}`).values()) {
      const { released, refused } = await redrivePartition(parts, schema, own);
      counted.released += released;
      counted.refused += refused;
    }
    await each(counted);
  }
}

async function redrivePartition({ logs, writing }: Parts, schema: string, rows: readonly ParkedRow[]) {
  const { topic, partition } = rows[0]!;
  const counted = { released: 0, refused: 0 };
  const left = new Map(rows.map((row) => [row.offset, row]));
  while (left.size > 0) {
    const messages = [...left.values()].map(({ offset, subject, bytes, publishedAt }) => ({
      offset,
      key: subject,
      value: bytes,
      timestamp: publishedAt,
    }));
    try {
      await applyAgain(logs, new BatchWriter(writing, schema), { topic, partition }, messages, async (client, folded, some) => {
        const offsets = some.map(({ offset }) => offset);
        const held = await lockParked(client, schema, { topic, partition }, offsets);
        if (held.length < offsets.length) throw new LetGoElsewhere(missingFrom(held, offsets));
        await release(client, schema, { topic, partition }, offsets, folded);
        for (const row of held) takeBack(folded, row, topic === logs.topics.identityLog);
        await folded.tally.note(client, schema, { topic, partition });
        for (const offset of offsets) left.delete(offset);
        counted.released += offsets.length - folded.parked.length;
        counted.refused += folded.parked.length;
      });
    } catch (error) {
      if (!(error instanceof LetGoElsewhere)) throw error;
      for (const offset of error.offsets) left.delete(offset);
    }
  }
  return counted;
}

/** Somebody discarded or folded again the same events meanwhile: of this piece, nothing is written. */
class LetGoElsewhere extends Error {
  readonly retriable = false;
  constructor(readonly offsets: readonly number[]) {
    super('somebody else let go of the same parked events');
  }
}

function missingFrom(held: readonly ParkedAs[], offsets: readonly number[]): number[] {
  const there = new Set(held.map(({ offset }) => offset));
  return offsets.filter((offset) => !there.has(offset));
}

async function release(
  client: PoolClient,
  schema: string,
  place: Partition,
  offsets: readonly number[],
  { parked }: FoldedMessages,
): Promise<void> {
  const refused = new Set(parked.map(({ offset }) => offset));
  await unpark(
    client,
    schema,
    place,
    offsets.filter((offset) => !refused.has(offset)),
  );
  await parkEvents(client, schema, { ...place, events: parked, parkedAt: Date.now() });
}

/** The fold has counted the event as received anew, under what can be read of it now: what it was counted under when parked is taken back. */
function takeBack({ tally }: FoldedMessages, { source, publishedAt }: ParkedAs, decision: boolean): void {
  const counts = tally.of(decision ? MATCHER : source, publishedAt);
  counts.received -= 1;
  counts.parked -= 1;
}

import type { Queryable } from '#lib/read-model';
import { BatchWriter } from '../apply.js';
import { MATCHER } from '../fold-decisions.js';
import { Tally } from '../tally.js';
import { inEachGeneration } from './each-generation.js';
import { parkedBehind, ParkedFilter, type ParkedRow, unpark } from './parked-rows.js';
import type { RequestWork } from './request-work.js';

const AT_ONCE = 1_000;

/** Lets go of parked events for good, in every generation of this fold version that keeps up, and remembers them for those that are still to be built. */
export async function discard(work: RequestWork): Promise<Record<string, unknown>> {
  const filter = ParkedFilter.parse(work.request.arguments);
  let discarded = 0;
  await inEachGeneration(work, async ({ schema, state }) => {
    for (;;) {
      const rows = await parkedBehind(work.writing, schema, { filter, behind: undefined, atMost: AT_ONCE });
      if (rows.length === 0 || work.signal.aborted) break;
      await discardRows(work, schema, rows);
      if (state === 'live') discarded += rows.length;
    }
  });
  return { discarded };
}

/** A generation built from the beginning has parked again what was discarded before: it is let go there too. */
export async function discardAgain(parts: Pick<RequestWork, 'logs' | 'writing'>, schema: string): Promise<void> {
  const { rows } = await parts.writing.query(
    `SELECT topic, partition, log_offset AS offset, source, published_at AS "publishedAt"
     FROM ${schema}.parked JOIN control.discarded USING (topic, partition, log_offset)`,
  );
  await discardRows(parts, schema, rows as ParkedRow[]);
}

async function discardRows(
  { logs, writing }: Pick<RequestWork, 'logs' | 'writing'>,
  schema: string,
  rows: readonly Omit<ParkedRow, 'bytes' | 'subject'>[],
): Promise<void> {
  const writer = new BatchWriter(writing, schema);
  for (const [, own] of Map.groupBy(rows, ({ topic, partition }) => `${topic}/${partition}`)) {
    const place = own[0]!;
    const tally = new Tally();
    for (const { source, publishedAt, topic } of own) {
      const counts = tally.of(topic === logs.topics.identityLog ? MATCHER : source, publishedAt);
      counts.parked -= 1;
      counts.discarded += 1;
    }
    const offsets = own.map(({ offset }) => offset);
    await writer.inTransaction(async (client) => {
      await unpark(client, schema, place, offsets);
      await remember(client, place, offsets);
      await tally.note(client, schema, place);
    });
  }
}

async function remember(
  client: Queryable,
  { topic, partition }: { topic: string; partition: number },
  offsets: readonly number[],
): Promise<void> {
  await client.query(
    `INSERT INTO control.discarded (topic, partition, log_offset) SELECT $1, $2, unnest($3::bigint[]) ON CONFLICT DO NOTHING`,
    [topic, partition, offsets],
  );
}

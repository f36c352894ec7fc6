import { BatchWriter } from '../apply.js';
import { MATCHER } from '../fold-decisions.js';
import { Tally } from '../tally.js';
import { parkedBehind, ParkedFilter, type ParkedRow, unpark } from './parked-rows.js';
import type { RequestWork } from './request-work.js';

const AT_ONCE = 1_000;

/** Lets go of parked events for good, in every generation that keeps up. The log still holds them: a rebuild will park them again. */
export async function discard(work: RequestWork): Promise<Record<string, unknown>> {
  const filter = ParkedFilter.parse(work.request.arguments);
  let discarded = 0;
  for (const { schema, state } of work.generations) {
    const writer = new BatchWriter(work.writing, schema);
    for (;;) {
      const rows = await parkedBehind(work.writing, schema, { filter, behind: undefined, atMost: AT_ONCE });
      if (rows.length === 0 || work.signal.aborted) break;
      for (const [, own] of Map.groupBy(rows, ({ topic, partition }) => `${topic}/${partition}`)) await discardRows(work, writer, own);
      if (state === 'live') discarded += rows.length;
    }
  }
  return { discarded };
}

function discardRows(work: RequestWork, writer: BatchWriter, rows: readonly ParkedRow[]): Promise<void> {
  const place = rows[0]!;
  const tally = new Tally();
  for (const { source, publishedAt, topic } of rows) {
    const counts = tally.of(topic === work.logs.topics.identityLog ? MATCHER : source, publishedAt);
    counts.parked -= 1;
    counts.discarded += 1;
  }
  return writer.inTransaction(async (client) => {
    await unpark(
      client,
      writer.schema,
      place,
      rows.map(({ offset }) => offset),
    );
    await tally.note(client, writer.schema, place);
  });
}

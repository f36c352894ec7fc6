import { BatchWriter } from '../apply.js';
import { MATCHER } from '../fold-decisions.js';
import { Tally } from '../tally.js';
import { inEachGeneration } from './each-generation.js';
import { type Chosen, countParked, discardedBefore, fitting, letGo, ParkedFilter } from './parked-rows.js';
import type { RequestWork } from './request-work.js';

const AT_ONCE = 1_000;

type Parts = Pick<RequestWork, 'logs' | 'writing' | 'signal'>;

/** Lets go of parked events for good, in every generation of this fold version that keeps up, and remembers them for those that are still to be built. */
export async function discard(work: RequestWork): Promise<Record<string, unknown>> {
  const chosen = fitting(ParkedFilter.parse(work.request.arguments));
  let discarded = 0;
  await inEachGeneration(work, async ({ schema, state }) => {
    await discardAll(work, schema, chosen, async (some) => {
      if (state !== 'live') return;
      discarded += some;
      await work.progress({ discarded });
    });
  });
  return { discarded };
}

/** A generation built from the beginning has parked again what was discarded before: it is let go there too. */
export const discardAgain = (parts: Parts, schema: string): Promise<void> =>
  discardAll(parts, schema, discardedBefore, async () => undefined);

async function discardAll(parts: Parts, schema: string, chosen: Chosen, each: (discarded: number) => Promise<void>): Promise<void> {
  while (!parts.signal.aborted) {
    const some = await discardSome(parts, schema, chosen);
    await each(some);
    // None may also mean that somebody else was faster with those this one had in mind.
    if (some === 0 && (await countParked(parts.writing, schema, chosen)) === 0) return;
  }
}

/** Counts what it has let go of itself, and nothing else. */
function discardSome({ logs, writing }: Parts, schema: string, chosen: Chosen): Promise<number> {
  return new BatchWriter(writing, schema).inTransaction(async (client) => {
    const gone = await letGo(client, schema, chosen, AT_ONCE);
    gone.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
    for (const own of Map.groupBy(gone, ({ topic, partition }) => `${topic}/${partition}`).values()) {
      const { topic, partition } = own[0]!;
      const tally = new Tally();
      for (const { source, publishedAt } of own) {
        const counts = tally.of(topic === logs.topics.identityLog ? MATCHER : source, publishedAt);
        counts.parked -= 1;
        counts.discarded += 1;
      }
      await client.query(
        `INSERT INTO control.discarded (topic, partition, log_offset) SELECT $1, $2, unnest($3::bigint[]) ON CONFLICT DO NOTHING`,
        [topic, partition, own.map(({ offset }) => offset)],
      );
      await tally.note(client, schema, { topic, partition });
    }
    return gone.length;
  });
}

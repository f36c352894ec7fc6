import { setTimeout as wait } from 'node:timers/promises';
import { askForGeneration, dropGeneration, generationNumbered, type ReadModelPool } from '#lib/read-model';

const LOOK_EVERY_MS = 50;

/** Seconds of a build, from its first folded event. */
export interface WatchedBuild {
  /** Events there were when it began. */
  events: number;
  bulkSeconds: number;
  /** Until it is ready to be compared and switched to: with its indexes and the rest of the logs. */
  seconds: number;
}

/** Asks for a generation, as an operator does, watches a running upkeep process build it, and drops it. */
export async function watchBuild(pool: ReadModelPool): Promise<WatchedBuild> {
  const id = await askForGeneration(pool);
  const begun = await firstFolded(pool, id);
  const secondsSince = () => (performance.now() - begun) / 1000;
  let bulkSeconds: number | undefined;
  for (;;) {
    const { state, stage, eventsTotal, failure } = await generationNumbered(pool, id);
    if (failure !== null) throw new Error(`the build halted: ${failure}`);
    if (stage !== 'bulk') bulkSeconds ??= secondsSince();
    if (state === 'ready') {
      const built = { events: eventsTotal!, bulkSeconds: bulkSeconds!, seconds: secondsSince() };
      await dropGeneration(pool, id);
      return built;
    }
    await wait(LOOK_EVERY_MS);
  }
}

/** Starting up and joining the group are not folding: the clock of live apply runs from the same moment. */
async function firstFolded(pool: ReadModelPool, id: number): Promise<number> {
  let looked = performance.now();
  for (;;) {
    const { stage, schema } = await generationNumbered(pool, id);
    if (stage !== 'waiting') {
      const { rows } = await pool.query<{ folded: number }>(`SELECT sum(next_offset)::int8 AS folded FROM ${schema}.checkpoint`);
      if (rows[0]!.folded > 0) return looked;
    }
    looked = performance.now();
    await wait(LOOK_EVERY_MS);
  }
}

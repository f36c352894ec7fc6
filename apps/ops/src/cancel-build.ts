import { setTimeout as pause } from 'node:timers/promises';
import {
  dropGeneration,
  generationNumbered,
  type ListedGeneration,
  type ReadModelPool,
  steerBuild,
  WrongGenerationError,
} from '#lib/read-model';
import { GoesOnError } from './errors.js';

const LOOK_EVERY_MS = 250;
const SILENT_FOR_MS = 10_000;

/** Cancels a build: its builder leaves nothing of it. One without a builder is dropped from here, once it has said nothing for a while. */
export async function cancelBuild(pool: ReadModelPool, build: ListedGeneration, o: { silentFor?: number } = {}): Promise<void> {
  if (build.wanted !== 'cancel') await steerBuild(pool, { wanted: 'cancel' });
  let saidAt = build.progressAt;
  let silentSince = Date.now();
  for (;;) {
    const now = await generationNumbered(pool, build.id);
    if (now.state === 'dropped') return;
    if (now.progressAt !== saidAt) silentSince = Date.now();
    saidAt = now.progressAt;
    if (Date.now() - silentSince > (o.silentFor ?? SILENT_FOR_MS)) return dropWithoutBuilder(pool, build.id);
    await pause(LOOK_EVERY_MS);
  }
}

async function dropWithoutBuilder(pool: ReadModelPool, id: number): Promise<void> {
  try {
    await dropGeneration(pool, id, { cancelled: true });
  } catch (error) {
    if (!(error instanceof WrongGenerationError)) throw error;
    // Its builder has it still, or has dropped it at this moment.
    if ((await generationNumbered(pool, id)).state === 'dropped') return;
    throw new GoesOnError(
      `Generation ${id} is being cancelled: its builder holds it and has not let go yet. See npm run ops -- generations.`,
    );
  }
}

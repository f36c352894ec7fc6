import { allGenerations, dropGeneration, FOLD_VERSION, generationNumbered, lockGeneration, unlockGeneration } from '#lib/read-model';
import { type BuildParts, type BuildResult, GenerationBuild } from './build-generation.js';

/**
 * Builds the generation that is asked for and that no other process is building, if there is one of this version of the projections.
 * @returns undefined where there is nothing to build
 */
export async function buildNext(parts: BuildParts): Promise<BuildResult | undefined> {
  const { control, long, logger } = parts;
  const asked = (await allGenerations(control)).find(({ state, foldVersion }) => state === 'building' && foldVersion === FOLD_VERSION);
  if (!asked) return undefined;
  // A failed build waits for a person to say that it may go on.
  if (asked.failure !== null && asked.wanted === 'pause') return undefined;
  const { id } = asked;
  const lock = await control.connect();
  let result: BuildResult;
  try {
    if (!(await lockGeneration(lock, id))) return undefined;
    logger.info({ generation: id, stage: asked.stage }, 'building a generation');
    result = await new GenerationBuild(lock, await generationNumbered(lock, id), parts).run();
    logger.info({ generation: id, result }, 'building ended');
  } finally {
    await unlockGeneration(lock, id).catch(() => undefined);
    // A connection of its own each time: what it held goes with it, whatever happened.
    lock.release(true);
  }
  if (result === 'cancelled' && (await generationNumbered(control, id)).state !== 'dropped')
    await dropGeneration(long, id, { cancelled: true });
  return result;
}

import { FOLD_VERSION, generationNumbered, type ListedGeneration } from '#lib/read-model';
import type { RequestWork } from './request-work.js';

/**
 * Does something in every generation that keeps up and is of this code's fold version, the live one first: the others are not ours to write
 * to. One that is dropped in the middle is passed over.
 */
export async function inEachGeneration(
  { generations, signal, control, logger }: RequestWork,
  act: (generation: ListedGeneration) => Promise<void>,
): Promise<void> {
  for (const generation of generations) {
    if (generation.foldVersion !== FOLD_VERSION || signal.aborted) continue;
    try {
      await act(generation);
    } catch (error) {
      if ((await generationNumbered(control, generation.id)).state !== 'dropped') throw error;
      logger.info({ generation: generation.id }, 'was dropped meanwhile');
    }
  }
}

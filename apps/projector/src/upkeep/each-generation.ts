import { FOLD_VERSION, type ListedGeneration } from '#lib/read-model';
import type { RequestWork } from './request-work.js';

/** Does something in every generation that keeps up and is of this code's fold version, the live one first: the others are not ours to write to. */
export async function inEachGeneration(
  { generations, signal }: Pick<RequestWork, 'generations' | 'signal'>,
  act: (generation: ListedGeneration) => Promise<void>,
): Promise<void> {
  for (const generation of generations) if (generation.foldVersion === FOLD_VERSION && !signal.aborted) await act(generation);
}

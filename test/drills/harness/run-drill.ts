import type { Drill } from './drill.js';
import { Scene, type SceneOptions } from './scene.js';

export interface Verdict {
  drill: string;
  seed: string;
  published: number;
  acknowledged: number;
  inLog: number;
  again: number;
  applied: number;
  parked: number;
  superseded: number;
  erased: number;
  people: number;
  /** Whole digests: what the log comes to, and what the read model holds. */
  expected: string;
  held: string;
  worstFreshnessMs: number;
  seconds: number;
  /** Everything that is not as it must be. */
  problems: string[];
  /** What the drill has measured or seen. */
  notes: string[];
}

/** Runs one drill on a scene of its own and judges what is left. @param o.seed of the whole run: each drill forks its own */
export async function runDrill(drill: Drill, o: SceneOptions): Promise<Verdict> {
  const from = performance.now();
  const seed = `${o.seed}/${drill.name}`;
  const problems: string[] = [];
  const scene = await Scene.open({ ...o, seed });
  const trying = async (step: () => Promise<void>) => {
    try {
      await step();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  };
  try {
    await trying(() => drill.run(scene));
    await trying(() => scene.settle());
    const { worstFreshness, problems: found, differences: _, peopleDiffering, ...counted } = await scene.judge();
    if (peopleDiffering > 0) problems.push(`${peopleDiffering} of ${counted.people} people differ`);
    problems.push(...found);
    const seconds = (performance.now() - from) / 1000;
    return { drill: drill.name, seed: o.seed, ...counted, worstFreshnessMs: worstFreshness, seconds, problems, notes: scene.notes };
  } finally {
    await scene.close();
  }
}

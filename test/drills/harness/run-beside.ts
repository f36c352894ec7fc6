import type { Drill } from './drill.js';
import { runDrill, type Verdict } from './run-drill.js';

const AT_ONCE = 3;
/** Milliseconds for all of them together; each of their waits has an end of its own. */
const WITHIN = 1_800_000;

/**
 * One test for each drill. They mostly wait (for a session to end, for a projector to be there), so three at a time run beside each other, the
 * first named first; before the tests, as Jest lets no module be loaded at an instant at which no test runs.
 */
export function testDrillsBesideEachOther(drills: readonly Drill[], seed: string): void {
  const verdicts = new Map<Drill, Promise<Verdict>>();
  beforeAll(async () => {
    const waiting = [...drills];
    const oneByOne = async (): Promise<void> => {
      for (let drill = waiting.shift(); drill; drill = waiting.shift()) {
        const verdict = runDrill(drill, { seed, short: true });
        verdicts.set(drill, verdict);
        await verdict.catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, oneByOne));
  }, WITHIN);
  it.each(drills)('$what', async (drill) => expect(await verdicts.get(drill)).toMatchObject({ problems: [] }));
}

import { killAtRandom } from './drills/kill-at-random.js';
import { runDrill } from './drills/harness/run-drill.js';

const seed = process.env.DRILL_SEED ?? 'short';

describe('After a fault, the read model is the fold of the log', () => {
  it.each([killAtRandom])('$name: $what', async (drill) => { const v = await runDrill(drill, { seed, short: true }); process.stderr.write(JSON.stringify(v)); expect(v.problems).toEqual([]);}, 90_000);
});

import { duplicates } from './drills/duplicates.js';
import type { Drill } from './drills/harness/drill.js';
import { runDrill } from './drills/harness/run-drill.js';
import { killAroundTheTransaction } from './drills/kill-around-the-transaction.js';
import { topicMadeAgain } from './drills/log-changes.js';
import { networkToDatabase } from './drills/network.js';
import { poison } from './drills/poison.js';
import { rollingRestart } from './drills/several-projectors.js';
import { stoppedAndWoken } from './drills/stopped-and-woken.js';

const seed = process.env.DRILL_SEED ?? 'npm test';
/** The longest first. They mostly wait (for a session to end, for a projector to be there), so they run beside each other. */
const SHORT: Drill[] = [stoppedAndWoken, killAroundTheTransaction, networkToDatabase, rollingRestart, duplicates, poison, topicMadeAgain];

describe('The read model is the fold of the log, and nothing is lost or applied twice, after', () => {
  it.concurrent.each(SHORT)(
    '$what',
    async (drill) => expect(await runDrill(drill, { seed, short: true })).toMatchObject({ problems: [] }),
    180_000,
  );
});

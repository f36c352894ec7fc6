import { duplicates } from './drills/duplicates.js';
import type { Drill } from './drills/harness/drill.js';
import { testDrillsBesideEachOther } from './drills/harness/run-beside.js';
import { killAroundTheTransaction } from './drills/kill-around-the-transaction.js';
import { topicMadeAgain } from './drills/log-changes.js';
import { networkToDatabase } from './drills/network.js';
import { poison } from './drills/poison.js';
import { rollingRestart } from './drills/several-projectors.js';
import { stoppedAndWoken } from './drills/stopped-and-woken.js';

const seed = process.env.DRILL_SEED ?? 'npm test';
/** The longest first. */
const SHORT: Drill[] = [stoppedAndWoken, killAroundTheTransaction, networkToDatabase, rollingRestart, duplicates, poison, topicMadeAgain];

describe('The read model is the fold of the log, and nothing is lost or applied twice, after', () => {
  testDrillsBesideEachOther(SHORT, seed);
});

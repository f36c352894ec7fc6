import { testDrillsBesideEachOther } from './drills/harness/run-beside.js';
import { matcherKillAroundTheTransaction } from './drills/matcher-killed.js';
import { matcherDecisionsLost, matcherPartitionsAdded } from './drills/matcher-log-changes.js';
import { matcherStateLost } from './drills/matcher-state.js';

const seed = process.env.DRILL_SEED ?? 'npm test';

describe('Who is one person is what the log and the stewards make it, each decision is said under a number of its own, and nothing is announced before it is decided, after', () => {
  testDrillsBesideEachOther([matcherKillAroundTheTransaction, matcherStateLost, matcherPartitionsAdded, matcherDecisionsLost], seed);
});

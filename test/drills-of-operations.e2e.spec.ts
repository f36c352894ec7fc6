import type { Drill } from './drills/harness/drill.js';
import { testDrillsBesideEachOther } from './drills/harness/run-beside.js';
import { redriveKilled } from './drills/parked-again.js';
import { rebuildKilled } from './drills/rebuild-killed.js';
import { switchKilled } from './drills/switch-killed.js';
import { twoRebuilds } from './drills/two-rebuilds.js';

const seed = process.env.DRILL_SEED ?? 'npm test';
/** The longest first. */
const SHORT: Drill[] = [rebuildKilled, twoRebuilds, switchKilled, redriveKilled];

describe('Readers see one generation, it is the fold of the log, and nothing parked is lost or applied twice, after', () => {
  testDrillsBesideEachOther(SHORT, seed);
});

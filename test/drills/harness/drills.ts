import { killAtRandom } from '../kill-at-random.js';
import type { Drill } from './drill.js';

/** Every drill. Adding one = its file and one line here. */
export const DRILLS: readonly Drill[] = [killAtRandom];

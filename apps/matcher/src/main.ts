import { runUntilStopped } from '#lib/runtime';
import { startMatcher } from './start.js';

await runUntilStopped('matcher', startMatcher);

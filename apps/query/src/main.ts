import { runUntilStopped } from '#lib/runtime';
import { startQuery } from './start.js';

await runUntilStopped('query', startQuery);

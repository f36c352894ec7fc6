import { runUntilStopped } from '#lib/runtime';
import { startDemo } from './start.js';

// it speaks to people on a terminal: log lines only where something is wrong
process.env.LOG_LEVEL ??= 'error';
await runUntilStopped('demo', startDemo);

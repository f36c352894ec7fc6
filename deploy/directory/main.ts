import { runUntilStopped } from '#lib/runtime';
import { startDirectory } from './start.js';

await runUntilStopped('directory', startDirectory);

import { runUntilStopped } from '#lib/runtime';
import { startIngest } from './start.js';

await runUntilStopped('ingest', startIngest);

import { runUntilStopped } from '#lib/runtime';
import { startProjector } from './start.js';

await runUntilStopped('projector', startProjector);

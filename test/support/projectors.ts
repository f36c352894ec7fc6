import type { Running } from '#lib/runtime';
import { startProjector } from '../../apps/projector/src/start.js';

export const startFolding = (env: Record<string, string>): Promise<Running> => startProjector({ ...env, PROJECTOR_TASK: 'fold' });

/** What builds generations and does what operators ask for; it makes no checks of its own. */
export const startUpkeep = (env: Record<string, string>): Promise<Running> =>
  startProjector({ ...env, PROJECTOR_TASK: 'upkeep', PROJECTOR_CHECK_SECONDS: '0' });

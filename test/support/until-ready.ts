import type { Running } from '#lib/runtime';
import { eventually } from './eventually.js';

/** Waits for a process that answers before it has all that it needs. */
export const untilReady = ({ url }: Running): Promise<true> =>
  eventually('it was ready', async () => (await fetch(`${url}/health/ready`)).ok);

import { setTimeout as wait } from 'node:timers/promises';
import type { WatchedFolder } from './watched-folder.js';

/** Looks into a folder until it is stopped, which waits for the look under way. @param every milliseconds between two looks */
export function lookAgainAndAgain(folder: WatchedFolder, every: number): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const looking = (async () => {
    while (!stopped.signal.aborted) {
      await folder.look();
      await wait(every, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await looking;
    },
  };
}

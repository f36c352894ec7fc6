import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublishAnswer, SourceEventInput } from '#lib/events';
import { clientCredentials, httpPublisher, PublishFailedError, type Publisher, type Waiting } from '#lib/publisher';

/** One source's way into the index. What it publishes is taken in the order given, however long the index can't take anything. */
export interface Door {
  publish(events: SourceEventInput[]): Promise<PublishAnswer>;
}

/** The publisher gives up so soon that a demo that is stopped need not wait for an index that is gone; until then we ask again. */
const PATIENCE_MS = 2000;

/** Opens the HTTP door for each source, with that source's own secret at the directory. */
export async function openDoors(
  sources: readonly string[],
  o: { url: string; issuer: string; clientsDir: string; stopped: AbortSignal; onWaiting(waiting: Waiting): void },
): Promise<Map<string, Door>> {
  const { url, issuer, onWaiting, stopped } = o;
  const opened = sources.map(async (source) => {
    const secret = await secretOf(source, o.clientsDir);
    const token = clientCredentials({ issuer, client: source, secret, scope: `ingest:${source}` });
    return [source, doorOf(httpPublisher({ url, source, token, patience: PATIENCE_MS, onWaiting }), stopped)] as const;
  });
  return new Map(await Promise.all(opened));
}

function doorOf(publisher: Publisher, stopped: AbortSignal): Door {
  let last: Promise<unknown> = Promise.resolve();
  const untilTaken = async (events: SourceEventInput[]): Promise<PublishAnswer> => {
    for (;;) {
      stopped.throwIfAborted();
      try {
        return await publisher.publish(events);
      } catch (error) {
        if (!(error instanceof PublishFailedError)) throw error;
      }
    }
  };
  return {
    publish(events) {
      const mine = last.then(() => untilTaken(events));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function secretOf(source: string, folder: string): Promise<string> {
  try {
    return (await readFile(join(folder, source), 'utf8')).trim();
  } catch (cause) {
    throw new Error(`No secret for ${source} in ${folder}. The stack writes them when it starts: npm start, or set CLIENTS_DIR.`, {
      cause,
    });
  }
}

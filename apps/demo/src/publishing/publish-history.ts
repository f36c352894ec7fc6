import type { Town } from '../town.js';
import type { Door } from './doors.js';
import { sayRejections } from './say-rejections.js';

const BATCH = 500;
const SOURCES_AT_ONCE = 4;

export interface HistoryOptions {
  doors: ReadonlyMap<string, Door>;
  /** How many events of each source are in the index already. */
  done: Record<string, number>;
  stopped: AbortSignal;
  /** After every batch is acknowledged. */
  onPublished(source: string, events: number): void;
  say(line: string): void;
}

/** Publishes everything that has happened so far: each source in its own order, several sources beside each other. */
export async function publishHistory(town: Town, o: HistoryOptions): Promise<void> {
  const waiting = [...town.history.keys()].sort((a, b) => town.history.get(b)!.length - town.history.get(a)!.length);
  const next = async (): Promise<void> => {
    for (let source = waiting.shift(); source && !o.stopped.aborted; source = waiting.shift()) await publishOne(source, town, o);
  };
  await Promise.all(Array.from({ length: SOURCES_AT_ONCE }, next));
}

async function publishOne(source: string, town: Town, { doors, done, stopped, onPublished, say }: HistoryOptions): Promise<void> {
  const events = town.history.get(source)!;
  for (let from = done[source] ?? 0; from < events.length && !stopped.aborted; from += BATCH) {
    const batch = events.slice(from, from + BATCH);
    sayRejections(source, await doors.get(source)!.publish(batch), say);
    onPublished(source, from + batch.length);
  }
}

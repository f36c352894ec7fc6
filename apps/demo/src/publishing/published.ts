import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Day } from '../days.js';

/** What the demo remembers between starts: which town it published, and how much of each source's history is in the index. */
export interface Published {
  seed: string;
  today: Day;
  families: number;
  events: Record<string, number>;
}

/** What was published before, or null where nothing was, or where it was another town. */
export function readPublished(file: string, town: { seed: string; families: number }): Published | null {
  try {
    const published = JSON.parse(readFileSync(file, 'utf8')) as Published;
    return published.seed === town.seed && published.families === town.families ? published : null;
  } catch {
    return null;
  }
}

/** Whole or not at all: a demo ended in the middle finds the state before. */
export function writePublished(file: string, published: Published): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(published));
  renameSync(`${file}.new`, file);
}

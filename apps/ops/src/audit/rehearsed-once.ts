import { setTimeout as pause } from 'node:timers/promises';
import type { AuditSight } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { expectedSources } from '../expected-sources.js';
import { readSources } from '../read-freshness.js';

const LOOK_EVERY = 3_000;
/** A first start on a slow machine takes some minutes; after this it goes by whoever is there. Milliseconds. */
const WITHIN = 30 * 60_000;

/** Whether made-up use was ever written to this audit. Being on record comes first, so a rehearsal that broke off counts: none is written twice. */
export async function wasRehearsed(sight: AuditSight): Promise<boolean> {
  const { rows } = await sight.query<{ was: boolean }>(
    `SELECT EXISTS (SELECT FROM audit.entry WHERE action = 'operated' AND outcome = 'done' AND shown->>'verb' = 'audit rehearse') AS was`,
  );
  return rows[0]!.was;
}

/** Waits until every source of the settings has said that everything it knew has arrived: earlier, people would still change. */
export async function onceEverySourceHasLooked(pool: ReadModelPool): Promise<void> {
  const expected = expectedSources();
  for (const until = Date.now() + WITHIN; Date.now() < until; await pause(LOOK_EVERY)) {
    const looked = new Set((await readSources(pool, expected)).flatMap(({ source, completeTo }) => (completeTo === null ? [] : [source])));
    if (expected.every(({ id }) => looked.has(id))) return;
  }
}

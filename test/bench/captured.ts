import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { liveGeneration, openReadModel } from '#lib/read-model';
import { SourceSystems } from '../support/source-system.js';
import { SpawnedApp } from '../support/spawned-app.js';
import { peakMemory } from './peak-memory.js';
import { percentilesOf } from './percentiles.js';
import { ms, type Result, whole } from './result.js';

const FACTS = 2_000;
const ROUNDS = 5;
const LOOK_EVERY_MS = 10;
const GIVEN_UP_MS = 120_000;
const [TARGET_PER_SECOND, TARGET_P99_MS] = [1_000, 2_000];

/** (cdc) From the commit in a source's own database to a row of the read model: a flood of changes, and then one after the other beside a hundred a second. */
export async function measureCaptured(env: Record<string, string>, seconds: number): Promise<Result[]> {
  const sources = await SourceSystems.make(env);
  const ingest = await SpawnedApp.start('ingest', { ...env, CAPTURE: 'on' });
  const projector = await SpawnedApp.start('projector', env);
  const seen = await openSeen(env.READ_MODEL_URL!);
  try {
    await fill(sources.mosaic);
    await sources.startConnect();
    await seen.until('at first', FACTS);
    return [await flood(sources.mosaic, seen, ingest), await oneByOne(sources.mosaic, seen, seconds)];
  } finally {
    await sources.stop();
    await ingest.stop();
    await projector.stop();
    await seen.close();
  }
}

/** Each child has an allocation, and each allocation a worker of its own: whose team is what changes. */
async function fill(mosaic: Client): Promise<void> {
  await mosaic.query(`
    INSERT INTO mosaic.workers (worker_id, full_name, team) SELECT 1000000 + n, 'Worker ' || n, 'at first' FROM generate_series(1, ${FACTS}) n;
    INSERT INTO mosaic.persons (person_id, last_name, first_names, date_of_birth)
      SELECT 1000000 + n, 'Bench', 'Child ' || n, date '2010-01-01' + n FROM generate_series(1, ${FACTS}) n;
    INSERT INTO mosaic.allocations (allocation_id, person_id, worker_id, start_date)
      SELECT 1000000 + n, 1000000 + n, 1000000 + n, '2026-01-05' FROM generate_series(1, ${FACTS}) n`);
}

const changeTeams = (mosaic: Client, team: string, from: number, to: number) =>
  mosaic.query('UPDATE mosaic.workers SET team = $1 WHERE worker_id BETWEEN $2 AND $3', [team, 1_000_000 + from, 1_000_000 + to]);

async function flood(mosaic: Client, seen: Seen, ingest: SpawnedApp): Promise<Result> {
  const begun = performance.now();
  for (let round = 1; round <= ROUNDS; round += 1)
    for (let from = 1; from <= FACTS; from += 100) await changeTeams(mosaic, `round ${round}`, from, from + 99);
  const written = (performance.now() - begun) / 1000;
  await seen.until(`round ${ROUNDS}`, FACTS);
  const perSecond = (FACTS * ROUNDS) / ((performance.now() - begun) / 1000);
  const peak = peakMemory(ingest.pid) / 1e6;
  return {
    measure: 'cdc',
    what: `${whole(FACTS * ROUNDS)} captured changes, a hundred a transaction, committed within ${written.toFixed(1)} s: until the last is in the read model`,
    result: `${whole(perSecond)} changes/s (ingest: peak ${whole(peak)} MB)`,
    target: `${whole(TARGET_PER_SECOND)}/s`,
    met: perSecond >= TARGET_PER_SECOND,
    numbers: { perSecond, changes: FACTS * ROUNDS, writtenSeconds: written, peakMegabytes: peak },
  };
}

async function oneByOne(mosaic: Client, seen: Seen, seconds: number): Promise<Result> {
  const fresh: number[] = [];
  const ends = performance.now() + seconds * 1000;
  let others = 0;
  for (let n = 1; performance.now() < ends; n += 1) {
    const tick = wait(100);
    const from = 101 + ((others++ * 10) % (FACTS - 200));
    await changeTeams(mosaic, `beside ${n}`, from, from + 8);
    await changeTeams(mosaic, `looked for ${n}`, (n % 100) + 1, (n % 100) + 1);
    const committed = performance.now();
    await seen.until(`looked for ${n}`, 1);
    fresh.push(performance.now() - committed);
    await tick;
  }
  const { p50, p99, max } = percentilesOf(fresh);
  return {
    measure: 'cdc',
    what: `committed at the source until it is in the read model, ${fresh.length} looked for beside up to a hundred changes a second`,
    result: `p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}`,
    target: `p99 < ${whole(TARGET_P99_MS)} ms`,
    met: p99 < TARGET_P99_MS,
    numbers: { p50, p99, max, lookedFor: fresh.length },
  };
}

interface Seen {
  /** Waits until so many involvements are of that team. */
  until(team: string, count: number): Promise<void>;
  close(): Promise<void>;
}

async function openSeen(url: string): Promise<Seen> {
  const pool = openReadModel(url, { max: 1 });
  const { schema } = await liveGeneration(pool);
  return {
    async until(team, count) {
      const from = performance.now();
      for (;;) {
        const { rows } = await pool.query<{ found: number }>(`SELECT count(*)::int AS found FROM ${schema}.involvement WHERE team = $1`, [
          team,
        ]);
        if (rows[0]!.found >= count) return;
        if (performance.now() - from > GIVEN_UP_MS)
          throw new Error(`${rows[0]!.found} of ${count} changes were readable after ${GIVEN_UP_MS} ms`);
        await wait(LOOK_EVERY_MS);
      }
    },
    close: () => pool.end(),
  };
}

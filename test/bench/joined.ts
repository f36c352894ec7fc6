import { setTimeout as wait } from 'node:timers/promises';
import type { SourceEvent } from '#lib/events';
import { liveGeneration, openReadModel, type ReadModelPool } from '#lib/read-model';
import type { SealedLog } from '../support/sealed-log.js';
import { SpawnedApp } from '../support/spawned-app.js';
import { untilMatched } from './matched.js';
import { percentilesOf } from './percentiles.js';
import { ms, type Result } from './result.js';

const PER_SECOND = 100;
const [TICK_MS, SECONDS, WARM_UP_SECONDS] = [100, 30, 5];
const AT_ONCE = (PER_SECOND * TICK_MS) / 1000;
/** Seldom enough that looking takes nothing from what is measured, however many are waited for. */
const LOOK_EVERY_MS = 50;
const GIVEN_UP_MS = 30_000;
const TARGET_P95_MS = 1_000;

/** From publishing a record to its being with its person in the read model, at a steady load. The matcher runs already, and has all that was there before. */
export async function measureJoined(env: Record<string, string>, log: SealedLog, town: Iterator<SourceEvent>): Promise<Result> {
  const projector = await SpawnedApp.start('projector', env);
  const pool = openReadModel(env.READ_MODEL_URL!, { max: 2 });
  try {
    await untilMatched(env);
    await pool.query('VACUUM (ANALYZE)');
    const waiting = new Map<string, number>();
    const joined: number[] = [];
    const publishing = publishSteadily(log, town, await everybody(pool), (subjects, sentAt) => {
      for (const subject of subjects) waiting.set(subject, sentAt);
    });
    const over = new AbortController();
    void publishing.finally(() => over.abort()).catch(() => undefined);
    for (const from = performance.now(); !over.signal.aborted || waiting.size > 0; await wait(LOOK_EVERY_MS)) {
      const warm = from + WARM_UP_SECONDS * 1000;
      for (const subject of await withAPerson(pool, [...waiting.keys()])) {
        const sentAt = waiting.get(subject)!;
        waiting.delete(subject);
        if (sentAt >= warm) joined.push(performance.now() - sentAt);
      }
      if ([...waiting.values()].some((sentAt) => performance.now() - sentAt > GIVEN_UP_MS))
        throw new Error(`a record had no person after ${GIVEN_UP_MS} ms`);
    }
    await publishing;
    return resultOf(joined);
  } finally {
    await pool.end();
    await projector.stop();
  }
}

/** @param known records that have their person already; told again, they are not waited for */
async function publishSteadily(
  log: SealedLog,
  town: Iterator<SourceEvent>,
  known: Set<string>,
  sent: (subjects: string[], at: number) => void,
): Promise<void> {
  const from = performance.now();
  for (let tick = 0; tick < ((WARM_UP_SECONDS + SECONDS) * 1000) / TICK_MS; tick += 1) {
    await wait(Math.max(0, from + tick * TICK_MS - performance.now()));
    const at = performance.now();
    const places = await log.publish(Array.from({ length: AT_ONCE }, () => town.next().value as SourceEvent));
    const subjects = places.map(({ subject }) => subject).filter((subject) => !known.has(subject));
    for (const subject of subjects) known.add(subject);
    sent(subjects, at);
  }
}

async function everybody(pool: ReadModelPool): Promise<Set<string>> {
  const { schema } = await liveGeneration(pool);
  const { rows } = await pool.query<{ subject: string }>(`SELECT subject FROM ${schema}.record_person`);
  return new Set(rows.map(({ subject }) => subject));
}

async function withAPerson(pool: ReadModelPool, subjects: string[]): Promise<string[]> {
  if (subjects.length === 0) return [];
  const { schema } = await liveGeneration(pool);
  const { rows } = await pool.query<{ subject: string }>(`SELECT subject FROM ${schema}.record_person WHERE subject = ANY ($1::uuid[])`, [
    subjects,
  ]);
  return rows.map(({ subject }) => subject);
}

function resultOf(joined: readonly number[]): Result {
  const { p50, p95, p99, max } = percentilesOf(joined);
  return {
    measure: 'match',
    what: `${joined.length} records at ${PER_SECOND}/s: published until with their person in the read model`,
    result: `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, max ${ms(max)}`,
    target: `p95 < ${TARGET_P95_MS} ms`,
    met: p95 < TARGET_P95_MS,
    numbers: { p50, p95, p99, max, records: joined.length, perSecond: PER_SECOND },
  };
}

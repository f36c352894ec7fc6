import { askRequest, migrateReadModel, type OperatorRequest, openReadModel, requestOf } from '#lib/read-model';
import { eventually } from '../support/eventually.js';
import { freshDatabase } from '../support/fresh.js';
import { cpuSeconds } from './cpu-seconds.js';
import { parkFirstEvents } from './parked-backlog.js';
import { startUpkeep } from './rebuild.js';
import { type Result, whole } from './result.js';

const PARKED = 20_000;
const WITHIN_MS = 300_000;

/** (h) Parked events whose keys have come back, redriven by an upkeep process until none is parked. */
export async function measureRedrive(env: Record<string, string>): Promise<Result> {
  const own = { ...env, READ_MODEL_URL: await freshDatabase('redrive') };
  await migrateReadModel(own.READ_MODEL_URL, { partitions: Number(env.TOPIC_PARTITIONS) });
  const parked = await parkFirstEvents(own, PARKED);
  const upkeep = await startUpkeep(own);
  const pool = openReadModel(own.READ_MODEL_URL, { max: 1 });
  try {
    const before = cpuSeconds(upkeep.pid) ?? Number.NaN;
    const id = await askRequest(pool, { verb: 'redrive', arguments: {}, askedBy: 'bench', reason: 'bench' });
    const done = await eventually('the redrive ended', () => ended(requestOf(pool, id)), { within: WITHIN_MS });
    if (Number(done.outcome?.released) !== parked) throw new Error(`of ${parked} parked events: ${JSON.stringify(done.outcome)}`);
    const cpuMicrosecondsPerEvent = (((cpuSeconds(upkeep.pid) ?? Number.NaN) - before) / parked) * 1e6;
    const perSecond = parked / ((done.endedAt! - done.takenAt!) / 1000);
    return {
      measure: 'h',
      what: `redrive of ${whole(parked)} parked events`,
      result: `${whole(perSecond)} events/s (${whole(cpuMicrosecondsPerEvent)} µs of a core an event)`,
      target: '',
      numbers: { perSecond, parked, cpuMicrosecondsPerEvent },
    };
  } finally {
    await pool.end();
    await upkeep.stop();
  }
}

async function ended(request: Promise<OperatorRequest | undefined>): Promise<OperatorRequest | undefined> {
  const now = await request;
  return now?.endedAt == null ? undefined : now;
}

import { Client } from 'pg';
import { type SourceEvent, SourceEvent as Checked, topicsOf } from '#lib/events';
import { connectKafka, logEnds } from '#lib/kafka';
import { makeTown, NORTHBRIDGE_FAMILIES } from '../../apps/demo/src/town.js';
import { eventually } from '../support/eventually.js';
import { SealedLog } from '../support/sealed-log.js';
import { SpawnedApp } from '../support/spawned-app.js';
import { inTown } from './in-town.js';
import { measureJoined } from './joined.js';
import { measureModelBeside } from './model-beside.js';
import { peakMemory } from './peak-memory.js';
import { type Result, whole } from './result.js';

const FAMILIES_AT_ONCE = 500;
const [LIVE, AT_ONCE, FEW] = [5_000, 1_000, 10];
const [TARGET_PER_SECOND, TARGET_MEGABYTES] = [500, 600];
/** A million records are matched from nothing within 45 minutes. */
const TARGET_FROM_NOTHING = 1_000_000 / (45 * 60);

/** (match) Records of the made-up town: matched from nothing, as after a change of model, and some more that come while the matcher runs. */
export async function measureMatcher(env: Record<string, string>, records: number, o: { beside: boolean }): Promise<Result[]> {
  const log = await SealedLog.open(env);
  const town = recordsOfTowns();
  await publish(log, town, records);
  const begun = performance.now();
  const matcher = await SpawnedApp.start('matcher', env);
  try {
    await untilDecided(env);
    const seconds = (performance.now() - begun) / 1000;
    const distinct = await settledRecords(env);
    const [rebuilt, matched] = [records / seconds, distinct / seconds];
    const from = performance.now();
    await publish(log, town, LIVE);
    await untilDecided(env);
    const live = LIVE / ((performance.now() - from) / 1000);
    const publishSome = () => publish(log, town, FEW);
    const beside = o.beside
      ? await measureModelBeside({ url: matcher.url, databaseUrl: env.MATCHER_URL! }, records + LIVE, publishSome)
      : [];
    const peak = peakMemory(matcher.pid) / 1e6;
    const memory = `peak ${whole(peak)} MB`;
    const joined = await measureJoined(env, log, town);
    return [
      {
        measure: 'match',
        what: `${whole(records)} events about ${whole(distinct)} records matched from nothing`,
        result: `${whole(rebuilt)} events/s, ${whole(matched)} records/s (${memory})`,
        target: `${whole(TARGET_FROM_NOTHING)} records/s, < ${TARGET_MEGABYTES} MB`,
        met: matched >= TARGET_FROM_NOTHING && peak < TARGET_MEGABYTES,
        numbers: { perSecond: rebuilt, recordsPerSecond: matched, events: records, records: distinct, peakMegabytes: peak },
      },
      {
        measure: 'match',
        what: `${whole(LIVE)} more as they come, ${whole(AT_ONCE)} at once: published until decided, durably`,
        result: `${whole(live)} records/s`,
        target: `${whole(TARGET_PER_SECOND)}/s`,
        met: live >= TARGET_PER_SECOND,
        numbers: { perSecond: live, records: LIVE },
      },
      ...beside,
      joined,
    ];
  } finally {
    await matcher.stop();
    await log.close();
  }
}

/** What all systems record of people, family by family, town beside town. */
function* recordsOfTowns(): Generator<SourceEvent> {
  for (let firstFamily = 0; ; firstFamily += FAMILIES_AT_ONCE) {
    const { history } = makeTown({ seed: 'northbridge', today: '2026-11-23', firstFamily, families: FAMILIES_AT_ONCE });
    const town = Math.floor(firstFamily / NORTHBRIDGE_FAMILIES);
    for (const [source, events] of history)
      for (const event of events) if (event.type === 'PersonRecorded') yield Checked.parse({ ...inTown(town, event), source });
  }
}

async function publish(log: SealedLog, town: Generator<SourceEvent>, count: number): Promise<void> {
  for (let left = count; left > 0; left -= AT_ONCE)
    await log.publish(Array.from({ length: Math.min(left, AT_ONCE) }, () => town.next().value as SourceEvent));
}

/** What a database does by itself within minutes after so much was written is done at once. @returns how many records are behind what comes now */
async function settledRecords(env: Record<string, string>): Promise<number> {
  const client = new Client({ connectionString: env.MATCHER_URL! });
  await client.connect();
  try {
    await client.query('VACUUM (ANALYZE)');
    const { rows } = await client.query<{ records: number }>('SELECT count(*)::int AS records FROM matcher.record');
    return rows[0]!.records;
  } finally {
    await client.end();
  }
}

async function untilDecided(env: Record<string, string>): Promise<void> {
  const ends = await logEnds(connectKafka({ brokers: env.KAFKA_BROKERS!.split(','), clientId: 'bench' }), topicsOf(env.TOPIC_PREFIX).involvementLog); // prettier-ignore
  const client = new Client({ connectionString: env.MATCHER_URL! });
  await client.connect();
  try {
    await eventually(
      'everything was decided',
      async () => {
        const { rows } = await client.query<{ announced: { partition: number; offset: number }[] | null }>('SELECT announced FROM matcher.progress'); // prettier-ignore
        const reached = new Map(rows[0]?.announced?.map(({ partition, offset }) => [partition, offset]));
        return ends.every(({ partition, offset }) => (reached.get(partition) ?? 0) >= offset);
      },
      { within: 3_600_000 },
    );
  } finally {
    await client.end();
  }
}

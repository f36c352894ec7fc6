/** All four doors at once, while the broker, ingest and Kafka Connect are killed one after another: nothing acknowledged or committed is lost, and nothing is doubled. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EVENT_TYPES, PersonRecorded, topicsOf } from '#lib/events';
import { connectKafka, ensureTopics, type Kafka, LandingCodec, logEnds, LogProducer, SchemaStore, topicPlan } from '#lib/kafka';
import { OwnServers } from './drills/harness/own-servers.js';
import { appEnv } from './support/app-env.js';
import { eventually } from './support/eventually.js';
import { loggedEvents } from './support/open-envelopes.js';
import { postEvents } from './support/post-events.js';
import { FileDoor } from './support/post-file.js';
import { readLog } from './support/read-log.js';
import { SourceSystems } from './support/source-system.js';
import { SpawnedApp } from './support/spawned-app.js';
import { ADDRESSES_VARIABLE } from './support/stack.js';

const LISTED = 1_500;
const FLOOD = 3_000;
const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';

let servers: OwnServers;
let env: Record<string, string>;
let sources: SourceSystems;
let ingest: SpawnedApp;
let kafka: Kafka;
let producer: LogProducer;
let codec: LandingCodec;
beforeAll(async () => {
  servers = await OwnServers.start(join('.cache', `doors-${process.pid}`));
  process.env[ADDRESSES_VARIABLE] = JSON.stringify(servers.addresses);
  env = await appEnv({ CAPTURE: 'on', LANDING: 'on' });
  kafka = connectKafka({ brokers: [env.KAFKA_BROKERS!], clientId: 'a-source' });
  await ensureTopics(
    kafka,
    topicPlan(topicsOf(env.TOPIC_PREFIX), ['cis'], 1).filter(({ name }) => name.includes('landing')),
  );
  producer = await LogProducer.open(kafka);
  const schemas = SchemaStore.open();
  codec = await LandingCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR!, schemas, types: EVENT_TYPES });
  sources = await SourceSystems.make(env);
  ingest = await SpawnedApp.start('ingest', env);
  await sources.startConnect();
});
afterAll(async () => {
  await sources?.stop();
  await ingest?.stop();
  await producer?.close();
  await servers?.stop();
});

/** Every state a source has given one of its records, in order: `source record` → family names. */
type Stated = Map<string, string[]>;

/** What a source says next of one of its records. */
interface Statement {
  recordId: string;
  family: string;
  version: number;
}

/** A source with one door, which says the next thing when the last has been taken. */
class Speaker {
  readonly stated: Stated = new Map();
  private going = true;
  private readonly speaking: Promise<void>;

  /** @param say resolves once what was said is the index's to keep; it is asked again until then, as a source would */
  constructor(
    private readonly source: string,
    firstRecord: number,
    private readonly say: (said: Statement) => Promise<unknown>,
  ) {
    this.speaking = this.speak(firstRecord);
  }

  async fallSilent(): Promise<void> {
    this.going = false;
    await this.speaking;
  }

  private async speak(firstRecord: number): Promise<void> {
    for (let version = 1; this.going; version += 1) {
      // each record is new once, and corrected once, two statements later
      const recordId = String(firstRecord + (version % 2 === 1 ? version : version - 3));
      const family = `Stated${letters(version)}`;
      if (Number(recordId) < firstRecord) continue;
      await this.untilTaken({ recordId, family, version });
      const name = `${this.source} ${recordId}`;
      this.stated.set(name, [...(this.stated.get(name) ?? []), family]);
      await pause(40);
    }
  }

  private async untilTaken(said: Statement): Promise<void> {
    await eventually(`${this.source} was heard`, () => this.say(said).then(() => true), { within: 60_000 });
  }
}

const letters = (n: number) => String(n).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);

const recorded = (source: string, { recordId, family, version }: Statement) => ({
  type: 'PersonRecorded' as const,
  source,
  recordId,
  sourceVersion: { epoch: 0, position: version },
  occurredAt: '2026-03-01T09:00:00Z',
  names: [{ family, given: ['Ash'] }],
});

const overHttp = () => new Speaker('niche', 1, (said) => postEvents(ingest.url, 'niche', [recorded('niche', said)]));

const overKafka = () =>
  new Speaker('cis', 1, (said) =>
    producer.send(topicsOf(env.TOPIC_PREFIX).landing('cis'), [
      { key: said.recordId, value: codec.encode(PersonRecorded.parse(recorded('cis', said))) },
    ]),
  );

const inItsOwnTables = () =>
  new Speaker('mosaic', 950_000, ({ recordId, family }) =>
    sources.mosaic.query(
      `INSERT INTO mosaic.persons (person_id, last_name, first_names) VALUES ($1, $2, 'Ash')
       ON CONFLICT (person_id) DO UPDATE SET last_name = excluded.last_name`,
      [recordId, family],
    ),
  );

/** Sends a list and confirms it, again and again as its team would, until there is a receipt. */
async function asAFile(): Promise<Stated> {
  const lines = [HEADER, ...Array.from({ length: LISTED }, (_, n) => `EH-${n},1,Ash Listed${letters(n)},,,,,,,,,,,,,,01/02/2025,,`)];
  const door = () => new FileDoor(ingest.url, 'cluster-lists');
  const { id } = await eventually('the file was taken', () => door().send('episodes', '2026-11-20T01:00:00Z', lines), { within: 60_000 });
  await eventually('the file was published', async () => (await door().confirm(id, { rows: LISTED })).status === 200, { within: 60_000 });
  return new Map(Array.from({ length: LISTED }, (_, n) => [`cluster-lists EH-${n}`, [`Listed${letters(n)}`]]));
}

/** Writes many events to the landing topic at once. @returns when ingest is in the middle of them */
async function flood(stated: Stated): Promise<void> {
  const first = 1_000_000 + stated.size;
  const said = Array.from({ length: FLOOD }, (_, n) => ({ recordId: String(first + n), family: `Flood${letters(first + n)}`, version: 1 }));
  const inLog = async () => (await logEnds(kafka, topicsOf(env.TOPIC_PREFIX).involvementLog)).reduce((sum, { offset }) => sum + offset, 0);
  const before = await inLog();
  await producer.send(
    topicsOf(env.TOPIC_PREFIX).landing('cis'),
    said.map((one) => ({ key: one.recordId, value: codec.encode(PersonRecorded.parse(recorded('cis', one))) })),
  );
  for (const { recordId, family } of said) stated.set(`cis ${recordId}`, [family]);
  await eventually('ingest was in the middle of it', async () => (await inLog()) > before + FLOOD / 10);
}

/** @returns what was written meanwhile, in the middle of which things broke */
async function breakOneAfterAnother(): Promise<Stated> {
  const stated: Stated = new Map();
  await pause(1_500);
  await flood(stated);
  await servers.killBroker();
  await pause(2_000);
  await servers.startBroker();
  await pause(3_000);
  await flood(stated);
  await ingest.kill();
  ingest = await SpawnedApp.start('ingest', env, { awaited: false });
  await pause(3_000);
  await sources.killConnect();
  await servers.killBroker();
  await ingest.kill();
  await servers.startBroker();
  ingest = await SpawnedApp.start('ingest', env, { awaited: false });
  await eventually('Connect was up again', () => sources.startConnect().then(() => true), { within: 60_000 });
  await pause(3_000);
  return stated;
}

/** What the log tells of each record: of every event id what it says, newest version last. */
async function told(of: Stated): Promise<Map<string, { ids: number; families: string[] }>> {
  const byRecord = new Map<string, Map<string, { family: string; version: readonly [number, number] }>>();
  for (const { event, envelope } of await loggedEvents(env)) {
    if (event.type !== 'PersonRecorded' || !of.has(`${event.source} ${event.recordId}`)) continue;
    const { epoch, position } = event.sourceVersion;
    const ids = byRecord.get(`${event.source} ${event.recordId}`) ?? new Map();
    byRecord.set(`${event.source} ${event.recordId}`, ids);
    ids.set(envelope.id, { family: event.names[0]?.family ?? '', version: [epoch, position] });
  }
  return new Map(
    [...byRecord].map(([name, ids]) => {
      const inOrder = [...ids.values()].sort((a, b) => a.version[0] - b.version[0] || a.version[1] - b.version[1]);
      return [name, { ids: ids.size, families: inOrder.map(({ family }) => family) }];
    }),
  );
}

describe('Whatever breaks while sources speak by every door', () => {
  it('each statement comes to the log, once in effect, and the last one counts', async () => {
    const speakers = [overHttp(), overKafka(), inItsOwnTables()];
    const [listed, flooded] = await Promise.all([asAFile(), breakOneAfterAnother()]);
    await Promise.all(speakers.map((one) => one.fallSilent()));
    const stated: Stated = new Map([...speakers.flatMap((one) => [...one.stated]), ...listed, ...flooded]);
    expect(speakers.every((one) => one.stated.size > 30)).toBe(true);

    const lacking = async () => {
      const said = await told(stated);
      return [...stated].filter(([name, families]) => said.get(name)?.families.at(-1) !== families.at(-1));
    };
    await eventually('all of it was in the log', async () => (await lacking()).length === 0, { within: 30_000 }).catch(async () =>
      expect((await lacking()).slice(0, 5)).toEqual([]),
    );
    const said = await told(stated);
    // What was acknowledged is told as often as it was said. Of captured tables a state that another followed unread need not be.
    const swallowed = [...stated].filter(
      ([name, families]) => !name.startsWith('mosaic ') && said.get(name)!.families.join() !== families.join(),
    );
    expect(swallowed.slice(0, 5)).toEqual([]);
    // None is told twice, and none that was never stated.
    const doubled = [...said].filter(
      ([name, { ids, families }]) =>
        ids !== new Set(families).size || families.some((family) => !stated.get(name)!.includes(family)) || ids > stated.get(name)!.length,
    );
    expect(doubled.slice(0, 5)).toEqual([]);
    expect(await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).rejections)).toEqual([]);
  });
});

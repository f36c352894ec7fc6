import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { topicsOf } from '#lib/events';
import { connectKafka, type Kafka, logEnds } from '#lib/kafka';
import { liveGeneration, openReadModel, type ReadModelPool } from '#lib/read-model';
import { Random } from '../../../apps/demo/src/random.js';
import { appEnv } from '../../support/app-env.js';
import { eventually } from '../../support/eventually.js';
import { SealedLog } from '../../support/sealed-log.js';
import { SpawnedApp } from '../../support/spawned-app.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import type { Allowed } from '../judge/balance.js';
import { type Judgement, judge } from '../judge/judge.js';
import { type OpenedLogs, openLogs } from '../judge/open-logs.js';
import { keptBeside, takeSnapshot } from '../judge/take-snapshot.js';
import { Chronicle } from './chronicle.js';
import { type Door, throughTheLog } from './door.js';
import { OpsProcess } from './ops-process.js';
import type { OwnServers } from './own-servers.js';
import { type LoadOptions, SteadyLoad } from './steady-load.js';
import { Watch } from './watch.js';

export interface SceneOptions {
  seed: string;
  /** Smaller counts, for `npm test`. */
  short: boolean;
  servers?: OwnServers;
  /** A build of the engine other than the last: one broken on purpose. */
  dist?: string;
}

/** What a drill stands on: its own databases, topics, events and projectors, and the eyes that judge what came of them. */
export class Scene {
  /** Places (`topic/partition/offset`) of messages that may be parked although they can be read by now. */
  readonly mayBeParked = new Set<string>();
  /** Set by a drill after which nobody reads on: the checkpoints need not stand at the ends of the log. */
  readsOn = true;
  /** Set by a drill in which parked events are tried again. */
  redriven = false;
  /** Set by a drill in which people are erased. */
  erasedMeanwhile: Allowed['erasedMeanwhile'];
  /** What a drill has measured or seen: printed below its line. */
  readonly notes: string[] = [];
  private load: SteadyLoad | undefined;
  private remembered: OpenedLogs | undefined;
  private readonly closing: (() => Promise<unknown>)[] = [];
  private readonly watch: Watch;

  private constructor(
    private readonly o: SceneOptions,
    readonly chance: Random,
    readonly env: Record<string, string>,
    readonly log: SealedLog,
    /** Straight to the read model, whatever stands between it and the projectors. */
    readonly pool: ReadModelPool,
  ) {
    this.watch = new Watch(pool, this.topics.involvementLog, () => this.load?.acknowledged ?? [], chance.fork('watch'));
  }

  static async open(o: SceneOptions): Promise<Scene> {
    const cache = mkdtempSync(join('.cache', 'drill-registry-'));
    // A registry whose database ended in the drill before needs a while.
    const env = await eventually('a fresh environment', () => appEnv({ LOG_LEVEL: 'warn', CACHE_DIR: cache }), { within: 60_000 });
    const log = await eventually('a log to write to', () => SealedLog.open(env), { within: 60_000 });
    const scene = new Scene(o, new Random(o.seed), env, log, openReadModel(env.READ_MODEL_URL!, { max: 4 }));
    scene.closing.push(async () => rmSync(cache, { recursive: true, force: true }));
    return scene;
  }

  /** The folder of the build whose apps are started. */
  get dist(): string {
    return this.o.dist ?? 'dist';
  }

  get short(): boolean {
    return this.o.short;
  }

  get topics() {
    return topicsOf(this.env.TOPIC_PREFIX);
  }

  get kafka(): Kafka {
    return connectKafka({ brokers: this.env.KAFKA_BROKERS!.split(','), clientId: 'drill' });
  }

  get servers(): OwnServers {
    if (!this.o.servers) throw new Error('this drill needs servers of its own');
    return this.o.servers;
  }

  /** The environment of an app that comes to the broker through the proxy. */
  byWayOfProxy(): Record<string, string> {
    return { KAFKA_BROKERS: `127.0.0.1:${this.servers.wayToBroker.port}` };
  }

  /** Starts a projector, a process of its own. @param awaited false: returns before it is ready */
  async projector(overrides: Record<string, string> = {}, o: { awaited?: boolean } = {}): Promise<SpawnedApp> {
    return this.app('projector', overrides, { dist: this.o.dist, ...o });
  }

  /** Starts a process for upkeep. */
  async upkeep(overrides: Record<string, string> = {}, o: { awaited?: boolean } = {}): Promise<SpawnedApp> {
    return this.projector({ PROJECTOR_TASK: 'upkeep', PROJECTOR_CHECK_SECONDS: '0', ...overrides }, o);
  }

  /** Types one command line of operations, a process of its own. */
  ops(overrides: Record<string, string>, ...args: string[]): OpsProcess {
    return OpsProcess.start({ ...this.env, ...overrides }, args, this.o.dist);
  }

  async app(name: string, overrides: Record<string, string> = {}, o: { awaited?: boolean; dist?: string } = {}): Promise<SpawnedApp> {
    const app = await SpawnedApp.start(name, { ...this.env, ...overrides }, o);
    this.closing.push(() => app.kill());
    return app;
  }

  /** What an app must be told so that its connections to the read model bear a name. */
  named(name: string): { READ_MODEL_URL: string } {
    const url = new URL(this.env.READ_MODEL_URL!);
    url.searchParams.set('application_name', name);
    return { READ_MODEL_URL: url.href };
  }

  /** A proxy to the databases' server, and what an app must be told to reach its read model, or its keys too, through it. */
  async wayToDatabase(): Promise<{ proxy: TcpProxy; toReadModel: { READ_MODEL_URL: string }; toBoth: Record<string, string> }> {
    const { hostname, port } = new URL(this.env.READ_MODEL_URL!);
    const proxy = await TcpProxy.open({ host: hostname, targetPort: Number(port) });
    this.closing.push(() => proxy.close());
    const through = (url: string) => Object.assign(new URL(url), { port: String(proxy.port) }).href;
    const toReadModel = { READ_MODEL_URL: through(this.env.READ_MODEL_URL!) };
    return { proxy, toReadModel, toBoth: { ...toReadModel, KEY_STORE_URL: through(this.env.KEY_STORE_URL!) } };
  }

  /** Starts publishing, steadily, until the drill is over. */
  startLoad(o: { perSecond?: number; door?: Door; records?: number; chronicle?: LoadOptions['chronicle'] } = {}): SteadyLoad {
    const { perSecond = 200, door = throughTheLog(this.log), records } = o;
    const chronicle = o.chronicle ?? new Chronicle(this.chance.fork('chronicle'), records);
    this.load = new SteadyLoad({ door, log: this.log, prefix: this.env.TOPIC_PREFIX!, chronicle, perSecond });
    if (perSecond > 0) this.load.start();
    return this.load;
  }

  /** Publishes events beside the load that is judged, from the same sources. */
  anotherLoad(): SteadyLoad {
    const chronicle = new Chronicle(this.chance.fork('another'));
    const [door, prefix] = [throughTheLog(this.log), this.env.TOPIC_PREFIX!];
    return new SteadyLoad({ door, log: this.log, prefix, chronicle, perSecond: 0, withoutDecisions: true });
  }

  /** Done when the drill is over and judged, the last first. */
  whenOver(close: () => Promise<unknown>): void {
    this.closing.push(close);
  }

  async stopLoad(): Promise<void> {
    await this.load?.stop();
  }

  /** Events of `involvement-log` below the checkpoints. @param chosen a generation’s schema, the live one’s unless said */
  async applied(topic = this.topics.involvementLog, chosen?: string): Promise<number> {
    const schema = chosen ?? (await liveGeneration(this.pool)).schema;
    const { rows } = await this.pool.query<{ sum: number }>(
      `SELECT coalesce(sum(next_offset + coalesce(empty_after, 0)), 0)::int8 AS sum FROM ${schema}.checkpoint WHERE topic = $1`,
      [topic],
    );
    return rows[0]!.sum;
  }

  /** Waits until so many more events are applied. */
  async untilApplied(more: number, within = 30_000): Promise<void> {
    const from = await eventually('the read model answered', async () => ({ applied: await this.applied() }), { within });
    await eventually(`${more} more events were applied`, async () => (await this.applied()) >= from.applied + more, { within });
  }

  /** Waits until both logs are folded to the ends they have now. @param schema a generation’s, the live one’s unless said */
  async untilCaughtUp(within = 90_000, schema?: string): Promise<void> {
    for (const topic of [this.topics.involvementLog, this.topics.identityLog]) {
      const ends = await eventually('the broker answered', () => logEnds(this.kafka, topic), { within });
      const wanted = ends.reduce((sum, { offset }) => sum + offset, 0);
      await eventually(`${topic} was folded to its end`, async () => (await this.applied(topic, schema)) >= wanted, { within });
    }
  }

  /** From here on no more snapshots are taken until the end: the drill does to the rows what no log says. */
  lookAway(): void {
    this.watch.takesSnapshots = false;
  }

  /** Forgets how late events were until now. */
  freshFromHere(): void {
    this.watch.worstFreshness = 0;
  }

  get worstFreshness(): number {
    return this.watch.worstFreshness;
  }

  /** Reads the logs now, before the drill takes something from them: this is what the read model is compared with. */
  async rememberLogs(): Promise<void> {
    this.remembered = await openLogs(this.log, this.env);
  }

  /** The load ends, and everything is caught up with, unless nobody reads on. */
  async settle(): Promise<void> {
    await this.stopLoad();
    if (this.readsOn) await this.untilCaughtUp();
  }

  async judge(): Promise<Judgement & { published: number; acknowledged: number; worstFreshness: number }> {
    const last = await takeSnapshot(this.pool);
    const others = await keptBeside(this.pool);
    await this.watch.stop();
    const acknowledged = this.load?.acknowledged ?? [];
    const judgement = judge({
      // The drills beside this one may keep a connection waiting.
      logs: this.remembered ?? (await eventually('the logs were read', () => openLogs(this.log, this.env), { within: 30_000 })),
      last,
      between: [...this.watch.snapshots, ...others],
      acknowledged,
      allowed: { mayBeParked: this.mayBeParked, redriven: this.redriven, erasedMeanwhile: this.erasedMeanwhile },
      caughtUp: this.readsOn,
    });
    const { worstFreshness } = this.watch;
    return { ...judgement, published: this.load?.published ?? 0, acknowledged: acknowledged.length, worstFreshness };
  }

  async close(): Promise<void> {
    await this.watch.stop();
    for (const close of this.closing.reverse()) await close();
    await this.load?.stop().catch(() => undefined);
    await this.log.close();
    await this.pool.end();
  }
}

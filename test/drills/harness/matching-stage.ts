import type { Pool } from 'pg';
import { logEnds } from '#lib/kafka';
import { DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { eventually } from '../../support/eventually.js';
import type { SpawnedApp } from '../../support/spawned-app.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { judgeMatching, type MatchingEvidence } from '../judge/judge-matching.js';
import { openLogs } from '../judge/open-logs.js';
import { PeopleByTheBook } from '../judge/people-by-the-book.js';
import type { Drill } from './drill.js';
import { PeopleTold } from './people-told.js';
import type { Scene } from './scene.js';
import { StateDatabase } from './state-database.js';
import type { SteadyLoad } from './steady-load.js';
import { Stewards } from './stewards.js';

type Offsets = { partition: number; offset: number }[];

/** What a drill of the matcher stands on besides its scene: sources that tell of people, stewards who rule, and what the matcher makes of it. */
export class MatchingStage {
  readonly stewards: Stewards;
  readonly load: SteadyLoad;
  /** Set by a drill: the numbers of the decisions made while events waited to be read again. */
  unreadBetween: MatchingEvidence['unreadBetween'];

  /** Nothing more can be said: a log is not what it was. */
  judged = false;

  private constructor(
    readonly scene: Scene,
    readonly state: StateDatabase,
    perSecond: number,
  ) {
    const told = new PeopleTold(scene.chance.fork('people'));
    this.load = scene.startLoad({ perSecond, chronicle: told });
    this.stewards = new Stewards(state, scene.chance.fork('stewards'), async () => {
      const keys = await scene.log.keys.subjectsFor(told.pair());
      return [keys[0]!.subject, keys[1]!.subject];
    });
  }

  static async open(scene: Scene, perSecond: number): Promise<MatchingStage> {
    const state = await StateDatabase.open(scene.env.MATCHER_URL!);
    await scene.projector();
    return new MatchingStage(scene, state, perSecond);
  }

  /** Starts a matcher, a process of its own. */
  matcher(overrides: Record<string, string> = {}, o: { awaited?: boolean } = {}): Promise<SpawnedApp> {
    return this.scene.app('matcher', overrides, { dist: this.scene.dist, ...o });
  }

  /** A proxy to the databases' server, and what a matcher must be told to reach its state, or its keys too, through it. */
  async wayToState(): Promise<{ proxy: TcpProxy; toState: { MATCHER_URL: string }; toBoth: Record<string, string> }> {
    const { hostname, port } = new URL(this.state.url);
    const proxy = await TcpProxy.open({ host: hostname, targetPort: Number(port) });
    this.scene.whenOver(() => proxy.close());
    const through = (url: string) => Object.assign(new URL(url), { port: String(proxy.port) }).href;
    const toState = { MATCHER_URL: through(this.state.url) };
    return { proxy, toState, toBoth: { ...toState, KEY_STORE_URL: through(this.scene.env.KEY_STORE_URL!) } };
  }

  /** The highest number given to a decision. */
  decided(): Promise<number> {
    return this.state.on(async (pool) =>
      Number((await pool.query<{ last: string }>('SELECT last_decision AS last FROM matcher.progress')).rows[0]!.last),
    );
  }

  /** Events of `involvement-log` below the matcher’s checkpoints. */
  takenIn(): Promise<number> {
    return this.state.on(async (pool) => {
      const counted = 'SELECT coalesce(sum(next_offset), 0) AS sum FROM matcher.checkpoint WHERE topic = $1';
      return Number((await pool.query<{ sum: string }>(counted, [this.scene.topics.involvementLog])).rows[0]!.sum);
    });
  }

  /** Waits until so many more decisions are made. */
  async untilDecided(more: number, within = 30_000): Promise<void> {
    const from = await eventually('the state answered', async () => ({ decided: await this.decided() }), { within });
    await eventually(`${more} more were decided`, async () => (await this.decided()) >= from.decided + more, { within });
  }

  /** Waits until everything that is told and asked by now is decided, announced and said, while more comes. */
  async untilOvertaken(within: number): Promise<void> {
    const { kafka, topics } = this.scene;
    const ends = await eventually('the broker answered', () => logEnds(kafka, topics.involvementLog), { within });
    const asked = await this.state.on(async (pool) => (await pool.query<{ id: string }>(UNFOLLOWED)).rows.map(({ id }) => id));
    const followed = async (pool: Pool) => (await pool.query(`${UNFOLLOWED} AND id = ANY ($1)`, [asked])).rows.length === 0;
    const decided = async (pool: Pool) => (await followed(pool)) && (await hasAnnounced(pool, ends));
    await eventually('what was told and asked was decided', () => this.state.on(decided), { within });
    const last = await this.decided();
    const said = async (pool: Pool) => (await pool.query(`${UNSENT} WHERE decision <= $1`, [last])).rows.length === 0;
    await eventually('what was decided was said', () => this.state.on(said), { within });
  }

  /** Waits until everything in the log is decided, said and announced, and every ruling followed. */
  async untilAllDecided(within = 60_000): Promise<void> {
    const ends = await eventually('the broker answered', () => logEnds(this.scene.kafka, this.scene.topics.involvementLog), { within });
    await eventually('everything was decided', () => this.state.on((pool) => hasDecided(pool, ends)), { within });
  }

  /** Judges what is said until now, before the drill takes something from the logs: from here on nobody reads on. */
  async judgeBefore(): Promise<void> {
    await this.scene.untilCaughtUp();
    await this.judge();
    await this.scene.rememberLogs();
    this.scene.readsOn = false;
    this.judged = true;
  }

  /** @throws Error with everything that is not as it must be */
  async judge(): Promise<void> {
    const { scene, stewards } = this;
    const { now, before } = await this.state.noted();
    const decided = Map.groupBy([...before, ...now], ({ decision }) => decision);
    const problems = judgeMatching({
      messages: (await openLogs(scene.log, scene.env)).messages,
      byTheBook: (settings) =>
        new PeopleByTheBook(loadMatchModel(settings ? JSON.parse(settings) : DEFAULT_MODEL), scene.env.AUTHORITY_FILE!),
      asked: stewards.asked,
      unreadBetween: this.unreadBetween,
      decided: new Map([...decided].map(([number, noted]) => [number, new Set(noted.map(({ text }) => text))])),
      mustBeSaid: new Set(now.map(({ decision }) => decision)),
    });
    scene.notes.push(`${decided.size} decisions, ${stewards.asked.length} rulings`);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }
}

/** A drill of the matcher: sources tell of people while it runs; afterwards what was decided is judged, besides all that every drill is judged by. */
export function matcherDrill({
  run,
  perSecond = 100,
  ...drill
}: Omit<Drill, 'run'> & { perSecond?: number; run(stage: MatchingStage): Promise<void> }): Drill {
  return {
    ...drill,
    async run(scene) {
      const stage = await MatchingStage.open(scene, perSecond);
      await run(stage);
      if (stage.judged) return;
      await stage.stewards.rest();
      await scene.stopLoad();
      await stage.untilAllDecided();
      await stage.judge();
    },
  };
}

const UNSENT = 'SELECT FROM matcher.outbox';
const UNFOLLOWED = 'SELECT id FROM matcher.ruling_request WHERE decision IS NULL';

async function hasDecided(pool: Pool, ends: Offsets): Promise<boolean> {
  const { rows } = await pool.query<{ waiting: boolean }>(
    `SELECT catch_up IS NOT NULL OR EXISTS (${UNSENT}) OR EXISTS (${UNFOLLOWED}) AS waiting FROM matcher.progress`,
  );
  return !rows[0]!.waiting && (await hasAnnounced(pool, ends));
}

async function hasAnnounced(pool: Pool, ends: Offsets): Promise<boolean> {
  const { rows } = await pool.query<{ announced: Offsets | null }>('SELECT announced FROM matcher.progress');
  const reached = new Map(rows[0]!.announced?.map(({ partition, offset }) => [partition, offset]));
  return ends.every(({ partition, offset }) => (reached.get(partition) ?? 0) >= offset);
}

import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { eventually } from '../support/eventually.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import { killed } from './harness/killed-while.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';
import { whileItWaits } from './harness/while-it-waits.js';

const EVENTS = 60;
const ANSWERS_TAKE_MS = 1_000;

/** The matcher is killed (SIGKILL) again and again, whatever it is doing, and started anew. */
export const matcherKillAtRandom = matcherDrill({
  name: 'matcher-kill-at-random',
  what: 'kill -9 of the matcher at random moments, while stewards rule',
  async run(stage) {
    const { scene } = stage;
    stage.stewards.call();
    for (let killed = 0; killed < (scene.short ? 3 : 12); killed += 1) {
      const matcher = await stage.matcher({}, { awaited: false });
      await stage.untilDecided(1);
      await pause(scene.chance.int(0, 900));
      await matcher.kill();
    }
    await stage.matcher();
  },
});

/** The matcher is killed at moments that are made certain: before, inside and after its transaction, and with decisions sent that it has not noted as sent. */
export const matcherKillAroundTheTransaction = matcherDrill({
  name: 'matcher-kill-around-the-transaction',
  what: 'kill -9 of the matcher before, inside and after its transaction, and before it knows that its decisions are in the log',
  perSecond: 0,
  async run(stage) {
    // `after` leaves decisions that nobody has sent yet; the others leave none.
    const moments = stage.scene.short ? [inside, after, sent] : [before, inside, after, sent, insideARuling, inside, sent];
    for (const moment of moments) await moment(stage);
    await stage.matcher();
  },
});

/** Its first statement never reaches the database. */
async function before(stage: MatchingStage): Promise<void> {
  const { proxy, toState } = await stage.wayToState();
  const matcher = await warm(stage, toState);
  proxy.hold('asked');
  await stage.load.burst(EVENTS);
  await eventually('a transaction was held up', async () => proxy.waiting.asked > 0);
  await matcher.kill();
  proxy.cut();
}

/** Its checkpoint is set, and its decisions wait for a lock. */
async function inside(stage: MatchingStage): Promise<void> {
  const matcher = await warm(stage);
  await killedWhile(stage, matcher, 'INSERT INTO matcher.outbox', () => stage.load.burst(EVENTS));
}

/** A ruling is taken, and what follows from it waits for a lock. */
async function insideARuling(stage: MatchingStage): Promise<void> {
  const matcher = await warm(stage);
  await killedWhile(stage, matcher, 'INSERT INTO matcher.outbox', () => stage.stewards.ask());
}

/** The log holds its decisions, and it does not know yet. */
async function sent(stage: MatchingStage): Promise<void> {
  const matcher = await warm(stage);
  await killedWhile(stage, matcher, 'DELETE FROM matcher.outbox', () => stage.load.burst(EVENTS));
}

/** It is committed, and its answer is still on its way. */
async function after(stage: MatchingStage): Promise<void> {
  const { proxy, toState } = await stage.wayToState();
  const matcher = await warm(stage, toState);
  const from = await stage.decided();
  await whileOutboxIsHeld(stage, 'INSERT INTO matcher.outbox', () => stage.load.burst(EVENTS), async () => proxy.delay(ANSWERS_TAKE_MS)); // prettier-ignore
  await eventually('the transaction was committed', async () => (await stage.decided()) > from, { within: 30_000 });
  await matcher.kill();
  proxy.cut();
}

async function warm(stage: MatchingStage, through: Record<string, string> = {}): Promise<SpawnedApp> {
  const matcher = await stage.matcher(through);
  await stage.load.burst(EVENTS);
  await stage.stewards.ask();
  await stage.untilAllDecided();
  return matcher;
}

/** Kills it while its statement waits. */
const killedWhile = (stage: MatchingStage, matcher: SpawnedApp, statement: string, begin: () => Promise<unknown>) =>
  whileOutboxIsHeld(stage, statement, begin, () => killed(stage, matcher));

async function whileOutboxIsHeld(
  stage: MatchingStage,
  statement: string,
  begin: () => Promise<unknown>,
  act: () => Promise<unknown>,
): Promise<void> {
  const pool = new Pool({ connectionString: stage.state.url, max: 1 });
  const over = new AbortController();
  // Once may be over before the lock is held.
  const goOn = async () => {
    for (; !over.signal.aborted; await pause(200)) await begin();
  };
  try {
    const holding = whileItWaits({ pool }, { statement }, act).finally(() => over.abort());
    const [held, going] = await Promise.allSettled([holding, goOn()]);
    for (const one of [held, going]) if (one.status === 'rejected') throw one.reason;
  } finally {
    await pool.end();
  }
}

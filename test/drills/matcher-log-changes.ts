import type { SpawnedApp } from '../support/spawned-app.js';
import type { Drill } from './harness/drill.js';
import { matcherHalted } from './harness/halted.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';
import type { Scene } from './harness/scene.js';
import { addPartitions, deleteAllButTheLast, fillAnew, makeAgain } from './log-changes.js';

interface ChangedLog extends Pick<Drill, 'name' | 'what'> {
  change(scene: Scene): Promise<void>;
  code: string;
}

/** Events are deleted from the log that nobody has decided yet. */
export const matcherLogTruncated = changedBetween({
  name: 'matcher-log-truncated',
  what: 'the log loses events that are not decided: the matcher halts and decides nothing more',
  change: deleteAllButTheLast,
  code: 'log-truncated',
});

/** The log is deleted and made again, with other events at the same offsets. */
export const matcherLogMadeAgain = changedBetween({
  name: 'matcher-log-made-again',
  what: 'the log is deleted, made again and filled: the matcher halts and decides nothing more',
  async change(scene) {
    await makeAgain(scene, scene.topics.involvementLog);
    await fillAnew(scene);
  },
  code: 'log-replaced',
});

/** Somebody adds partitions to the log while it is read. */
export const matcherPartitionsAdded = matcherDrill({
  name: 'matcher-partitions-added',
  what: 'the log gets more partitions than were decided from: the matcher halts and decides nothing more',
  perSecond: 0,
  async run(stage) {
    const matcher = await decidedAndJudged(stage);
    await addPartitions(stage.scene);
    await matcherHalted(matcher, 'partitions-changed');
    await matcher.stop();
    await haltsAndDecidesNothing(stage, 'partitions-changed');
  },
});

/** The decisions are gone, under a matcher that runs: nothing more is added to what lacks them, and nothing is forgotten that waits to be sent. */
export const matcherDecisionsLost = matcherDrill({
  name: 'matcher-decisions-lost',
  what: 'identity-log is deleted and made again under the matcher: it halts, and what it has decided since waits',
  perSecond: 0,
  async run(stage) {
    const matcher = await decidedAndJudged(stage);
    const from = await stage.decided();
    await makeAgain(stage.scene, stage.scene.topics.identityLog);
    await stage.stewards.ask({ ruling: 'apart' });
    await matcherHalted(matcher, 'log-shorter');
    await matcher.stop();
    const waiting = await stage.state.on(
      async (pool) => (await pool.query('SELECT FROM matcher.outbox WHERE decision > $1', [from])).rowCount,
    );
    if (waiting !== (await stage.decided()) - from) throw new Error(`${waiting} decisions wait of those made since the log was gone`);
    await haltsAndDecidesNothing(stage, 'log-shorter');
  },
});

/** The log changes after one matcher and before the next. */
function changedBetween({ change, code, ...drill }: ChangedLog): Drill {
  return matcherDrill({
    ...drill,
    perSecond: 0,
    async run(stage) {
      await (await decidedAndJudged(stage, 300)).stop();
      await change(stage.scene);
      await haltsAndDecidesNothing(stage, code);
    },
  });
}

/** A matcher has decided all but the last, and what it said is judged. From here on nobody reads on. */
async function decidedAndJudged(stage: MatchingStage, undecided = 0): Promise<SpawnedApp> {
  const { load, stewards } = stage;
  const matcher = await stage.matcher();
  await load.burst(300);
  await stewards.ask();
  await stage.untilAllDecided();
  if (undecided > 0) {
    await matcher.stop();
    await load.burst(undecided);
  }
  await stage.judgeBefore();
  return matcher;
}

async function haltsAndDecidesNothing(stage: MatchingStage, code: string): Promise<void> {
  const from = await stage.decided();
  await matcherHalted(await stage.matcher({}, { awaited: false }), code);
  if ((await stage.decided()) !== from) throw new Error('a matcher that halted has decided more');
}

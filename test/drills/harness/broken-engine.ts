import { type Change, copiedEngine } from './copied-engine.js';

interface Breakage extends Change {
  what: string;
  /** Drills that must notice. */
  noticedBy: string[];
}

const PROJECTOR = 'apps/projector/src';
const MATCHER = 'apps/matcher/src';

/** Mistakes somebody could make in the engine, each as one change of its compiled text. */
export const BREAKAGES: Record<string, Breakage> = {
  'skip-compare-and-set': {
    what: 'the checkpoint is set without being compared',
    file: `${PROJECTOR}/checkpoint.js`,
    find: 'AND next_offset = $3 RETURNING',
    put: 'AND $3::bigint IS NOT NULL RETURNING',
    noticedBy: ['stopped-and-woken'],
  },
  'offset-first': {
    what: 'the checkpoint is committed before the rows, in a transaction of its own',
    file: `${PROJECTOR}/apply.js`,
    find: 'await takeStep(client, this.schema, batch.step)',
    put: 'await takeStep(this.pool, this.schema, batch.step)',
    noticedBy: ['kill-around-the-transaction'],
  },
  'forget-guard': {
    what: 'the upsert overwrites newer registers',
    file: 'libs/read-model/src/upsert-statement.js',
    find: "`${version('excluded', register)} > ${version('held', register)}`",
    put: "'true'",
    noticedBy: ['duplicates'],
  },
  'drop-parked': {
    what: 'what can’t be read is passed by without being held',
    file: `${PROJECTOR}/apply.js`,
    find: 'if (parked.length > 0)',
    put: 'if (parked.length < 0)',
    noticedBy: ['poison'],
  },
  'believe-the-log': {
    what: 'the message before the checkpoint is not looked at',
    file: 'libs/kafka/src/consume-batch.js',
    find: 'if (!there)',
    put: 'if (false)',
    noticedBy: ['topic-made-again'],
  },
  'no-generation-lock': {
    what: 'whoever comes builds: nobody asks whether another does',
    file: `${PROJECTOR}/rebuild/build-next.js`,
    find: 'if (!(await lockGeneration(lock, id)))',
    put: 'if (false)',
    noticedBy: ['two-rebuilds'],
  },
  'ready-too-early': {
    what: 'a generation is called ready when its bulk phase is over, without indexes',
    file: `${PROJECTOR}/rebuild/build-generation.js`,
    find: 'await this.makeIndexes()',
    put: 'await Promise.resolve()',
    noticedBy: ['rebuild-killed'],
  },
  'switch-in-two-steps': {
    what: 'the switch is two statements, and no transaction',
    file: 'libs/read-model/src/switch-generation.js',
    find: "await client.query('LOCK TABLE control.generation IN SHARE ROW EXCLUSIVE MODE');",
    put: "await client.query('LOCK TABLE control.generation IN SHARE ROW EXCLUSIVE MODE'); await client.query('COMMIT');",
    noticedBy: ['switch-killed'],
  },
  'redrive-in-two-steps': {
    what: 'parked events are let go of in another transaction than the one that applies them',
    file: `${PROJECTOR}/upkeep/redrive.js`,
    find: 'await release(client, schema,',
    put: 'await release(work.writing, schema,',
    noticedBy: ['redrive-killed'],
  },
  'discard-in-two-steps': {
    what: 'parked events are discarded in another transaction than the one that counts them',
    file: `${PROJECTOR}/upkeep/discard.js`,
    find: 'await unpark(client, schema,',
    put: 'await unpark(writing, schema,',
    noticedBy: ['discard-killed'],
  },
  'count-replays': {
    what: 'a replay is counted like events that are new',
    file: `${PROJECTOR}/upkeep/replay.js`,
    find: 'async (_, { parked }) =>',
    put: 'async (_, { parked, tally }) => tally.note(_, schema, { topic, partition }) &&',
    noticedBy: ['replay-killed'],
  },
  'fold-any-version': {
    what: 'a projector folds generations of other fold versions too',
    file: `${PROJECTOR}/folding-generations.js`,
    find: 'KEPT_UP.has(state) && foldVersion === FOLD_VERSION',
    put: 'KEPT_UP.has(state)',
    noticedBy: ['mixed-versions'],
  },
  'erased-as-missing': {
    what: 'events of erased records are parked, as if their keys had been lost',
    file: `${PROJECTOR}/fold-events.js`,
    find: "if (key === 'missing')",
    put: "if (key === 'missing' || key === 'erased')",
    noticedBy: ['people-erased'],
  },
  'believe-the-registry': {
    what: 'what the registry said of a schema id is believed for ever',
    file: 'libs/kafka/src/schema-ids.js',
    find: 'askAgainAt: 0,',
    put: 'askAgainAt: Infinity,',
    noticedBy: ['unknown-schema', 'registry-lies'],
  },
  'pass-by-without-the-registry': {
    what: 'what can’t be decoded because the registry is away is passed by instead of waited for',
    file: 'libs/kafka/src/schema-ids.js',
    find: 'await this.#askRegistry(id, before)',
    put: 'await this.#askRegistry(id, before).catch(() => null)',
    noticedBy: ['registry-away', 'matcher-registry-away'],
  },
  'believe-the-log-goes-back': {
    what: 'nobody looks whether the log begins after what was read of it',
    file: 'libs/kafka/src/consume-positions.js',
    find: 'if (!range || range.low > earliest)',
    put: 'if (!range)',
    noticedBy: ['log-truncated', 'matcher-log-truncated'],
  },
  'break-off-for-good': {
    what: 'a consumer that has broken off is not started again',
    file: 'libs/kafka/src/consume.js',
    find: "setTimeout(() => this.ended === 'no' && this.start(), RESTART_AFTER_MS);",
    put: '',
    noticedBy: ['matcher-network-to-broker'],
  },
  'checkpoint-before-decisions': {
    what: 'the matcher commits its checkpoint before the decisions that follow from it',
    file: `${MATCHER}/take-in.js`,
    find: 'const result = await takeStep(client, step);',
    put: "const result = await takeStep(client, step); await client.query('COMMIT'); await client.query('BEGIN'); Object.assign(progress, await lockProgress(client, writer));",
    noticedBy: ['matcher-kill-around-the-transaction'],
  },
  'forget-unsent': {
    what: 'the matcher begins without what waited in its outbox',
    file: `${MATCHER}/state/progress.js`,
    find: "'UPDATE matcher.progress SET writer = writer + 1 RETURNING writer'",
    put: "'WITH forgotten AS (DELETE FROM matcher.outbox) UPDATE matcher.progress SET writer = writer + 1 RETURNING writer'",
    noticedBy: ['matcher-kill-around-the-transaction'],
  },
  'count-from-nothing': {
    what: 'a matcher whose state was lost numbers its decisions from the beginning',
    file: `${MATCHER}/take-over.js`,
    find: 'lastDecision = decisions.reduce(',
    put: 'decisions.reduce(',
    noticedBy: ['matcher-state-lost'],
  },
  'forget-rulings': {
    what: 'a matcher whose state was lost does not take over what stewards ruled',
    file: `${MATCHER}/take-over.js`,
    find: 'await keepRules(client, rulings);',
    put: '',
    noticedBy: ['matcher-state-lost'],
  },
  'announce-while-catching-up': {
    what: 'a matcher announces how far it is before it has decided that far again',
    file: `${MATCHER}/announce.js`,
    find: 'progress.catchUp !== null || (await anyWaits(client))',
    put: 'false',
    noticedBy: ['matcher-state-lost'],
  },
  'pass-over-for-good': {
    what: 'what the matcher can’t read is passed over and forgotten',
    file: `${MATCHER}/pass-over.js`,
    find: 'await keepUnread(client, place, unread);',
    put: '',
    noticedBy: ['matcher-keys-lost'],
  },
  'part-for-want-of-a-key': {
    what: 'details whose key is lost count as a record that says nothing',
    file: `${MATCHER}/open-records.js`,
    find: 'if (lost > 0)',
    put: 'if (lost < 0)',
    noticedBy: ['matcher-keys-lost'],
  },
  'believe-an-old-state': {
    what: 'a matcher goes on from an old copy of its state',
    file: `${MATCHER}/take-over.js`,
    find: 'if (highest > lastDecision)',
    put: 'if (false)',
    noticedBy: ['matcher-old-copy'],
  },
  'decide-while-catching-up': {
    what: 'a matcher that makes its state anew decides event by event before it has read all that was decided before',
    file: `${MATCHER}/take-over.js`,
    find: 'catchUp: toDecide,',
    put: 'catchUp: null,',
    noticedBy: ['matcher-rebuild-killed'],
  },
  'choose-before-the-switch': {
    what: 'the choice of another model is committed before the switch to it',
    file: `${MATCHER}/candidate/switch-over.js`,
    find: 'await keepForSending(client, [chosen]);',
    put: "await keepForSending(client, [chosen]); await client.query('COMMIT'); await client.query('BEGIN');",
    noticedBy: ['matcher-model-switch-killed'],
  },
  'go-on-in-another-log': {
    what: 'the matcher does not look at the message before its checkpoint',
    file: `${MATCHER}/deciding.js`,
    find: 'Promise.resolve(fingerprint(message) === remembered)',
    put: 'Promise.resolve(true)',
    noticedBy: ['matcher-log-made-again'],
  },
  'any-number-of-partitions': {
    what: 'the matcher does not say how many partitions it reads',
    file: `${MATCHER}/deciding.js`,
    find: 'topics: [topics.involvementLog],\n            partitions,',
    put: 'topics: [topics.involvementLog],',
    noticedBy: ['matcher-partitions-added'],
  },
  'send-after-nothing': {
    what: 'the matcher does not look where in identity-log its decisions came to stand',
    file: `${MATCHER}/sender.js`,
    find: 'mustFollow(places, known, topic);',
    put: '',
    noticedBy: ['matcher-decisions-lost'],
  },
  'forget-before-sending': {
    what: 'the matcher forgets decisions before the broker has them',
    file: `${MATCHER}/sender.js`,
    find: 'const places = await producer.send(',
    put: 'await state.transaction((client) => forgetSent(client, waiting.at(-1).decision)); const places = await producer.send(',
    noticedBy: ['matcher-broker-ends-as-it-sends'],
  },
  'wait-for-ever': {
    what: 'the matcher never gives up a connection to its database that the network forgot',
    file: `${MATCHER}/state/open-state.js`,
    find: 'query_timeout: answerWithinMs,',
    put: '',
    noticedBy: ['matcher-network-to-database'],
  },
};

/** Copies the compiled engine beside dist and makes the mistake there. @returns the folder to run instead of dist */
export function brokenEngine(name: string): string {
  const breakage = BREAKAGES[name];
  if (!breakage) throw new Error(`--break takes ${Object.keys(BREAKAGES).join(', ')}, not ${name}`);
  return copiedEngine(`broken-${name}`, breakage);
}

import type { Breakage } from './breakage.js';

const PROJECTOR = 'apps/projector/src';

/** In the projector, or in what it and the matcher read the logs by. */
export const PROJECTOR_BREAKAGES: Record<string, Breakage> = {
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
    find: 'const gone = await letGo(client, schema, chosen, AT_ONCE);',
    put: "const gone = await letGo(client, schema, chosen, AT_ONCE); await client.query('COMMIT'); await client.query('BEGIN');",
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
};

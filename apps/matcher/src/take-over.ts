import type { IdentityDecision, MatchModelChosen, PairRuling, RecordAssigned, Topics } from '#lib/events';
import { HaltError, type Kafka, logEnds, type LogCodec } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import { chosenOr, type Matching, type MatchingAtStart, matchingByFile } from './model.js';
import { readDecisions } from './read-decisions.js';
import { offsetsOf, saveOffsets } from './state/checkpoint.js';
import type { State, Transaction } from './state/open-state.js';
import { candidateBeginsAgain, chosenModel, keepChosen, keepModelBefore } from './state/models.js';
import { lockProgress, type Offsets, saveProgress } from './state/progress.js';
import { takeOverAssignments } from './state/records.js';
import { keepRules, noteFollowed } from './state/rulings.js';

interface Parts {
  kafka: Kafka;
  codec: LogCodec;
  topics: Topics;
  state: State;
  writer: number;
  logger: Logger;
  /** How to match unless a model was approved since. */
  matching: MatchingAtStart;
  /** Sends what waits in the outbox. */
  sendWaiting(): Promise<void>;
}

/**
 * Where this state does not hold what the model makes of both logs (it is new, from an old copy, or another model's), it is dropped, the
 * decisions in `identity-log` are taken over, and the whole of `involvement-log` is read again; nothing is decided before it has come as far as
 * the log reaches now. So person ids and decision numbers go on where they stopped, and the same log gives the same decisions.
 * @returns how to match from now on
 * @throws HaltError when `identity-log` ends before what was sent to it
 */
export async function takeOverDecisions(parts: Parts): Promise<Matching> {
  const { kafka, topics, state, logger } = parts;
  const known = await state.transaction((client) => offsetsOf(client, topics.identityLog));
  if (await nothingUnknown(parts, known, await logEnds(kafka, topics.identityLog))) {
    const { model: before } = await state.transaction((client) => lockProgress(client, parts.writer));
    const matching = matchingNow(parts, await state.transaction(chosenModel));
    const model = matching.model.version;
    if (before === model) return matching;
    logger.warn({ before, model }, 'the state is new, or another model’s: reading both logs again');
    await parts.sendWaiting();
  } else logger.warn('identity-log holds decisions this state does not know: reading both logs again');
  const ends = await logEnds(kafka, topics.identityLog);
  const toDecide = await logEnds(kafka, topics.involvementLog);
  return state.transaction(async (client) => {
    const { lastDecision: lastKnown } = await lockProgress(client, parts.writer);
    await candidateBeginsAgain(client);
    await client.query(
      'TRUNCATE matcher.record, matcher.details, matcher.pair, matcher.rule, matcher.outbox, matcher.checkpoint, matcher.unread',
    );
    let lastDecision = 0;
    await readDecisions(parts, beginning(ends), ends, async (decisions) => {
      lastDecision = decisions.reduce((highest, { decision }) => Math.max(highest, decision), lastDecision);
      await takeOverAssignments(client, decisions.filter(isAssignment));
      const rulings = decisions.filter(isRuling);
      await keepRules(client, rulings);
      await noteFollowed(client, rulings.filter(({ decision }) => decision > lastKnown)); // prettier-ignore
      await keepChosen(client, decisions.filter(isChoice));
    });
    await saveOffsets(client, topics.identityLog, ends);
    const chosen = await chosenModel(client);
    const first = chosen === undefined ? undefined : modelOfFile(parts);
    if (first) await keepModelBefore(client, first);
    const matching = matchingNow(parts, chosen);
    await saveProgress(client, { lastDecision, announced: null, catchUp: toDecide, model: matching.model.version });
    return matching;
  });
}

/** By the model that was approved last, or by the file; whoever runs this is told what differs from what they may expect. */
function matchingNow({ matching: atStart, logger }: Parts, chosen: string | undefined): Matching {
  const matching = chosenOr(atStart, chosen);
  const model = matching.model.version;
  if (chosen !== undefined) logger.warn({ model }, 'a model was approved: that decides, and MATCH_MODEL_FILE has no say');
  if (matching.adapted.length > 0) logger.warn({ model, adapted: matching.adapted }, 'another version of ours has approved this model');
  return matching;
}

/** The model before the first that was chosen stands in no log. It is what the file says, if that still holds. */
function modelOfFile({ matching, logger }: Parts): { settings: string; version: string } | undefined {
  try {
    const { settings, model } = matchingByFile(matching);
    return { settings: JSON.stringify(settings), version: model.version };
  } catch (err) {
    logger.warn({ err }, 'MATCH_MODEL_FILE can’t be used, so there is no way back to it');
    return undefined;
  }
}

/** Reads what `identity-log` holds beyond the offsets known, mostly nothing; after a crash, decisions sent but not noted as sent. */
async function nothingUnknown(parts: Parts, known: Offsets, ends: Offsets): Promise<boolean> {
  const from = ends.map(({ partition }) => ({ partition, offset: known.find((one) => one.partition === partition)?.offset ?? 0 }));
  const shorter = ends.find(({ offset }, at) => offset < from[at]!.offset);
  if (shorter) throw new HaltError('log-shorter', `${parts.topics.identityLog}/${shorter.partition} ends before what was sent to it`);
  let highest = 0;
  await readDecisions(parts, from, ends, (decisions) => {
    highest = decisions.reduce((highest, { decision }) => Math.max(highest, decision), highest);
    return Promise.resolve();
  });
  return parts.state.transaction(async (client) => {
    const { lastDecision } = await lockProgress(client, parts.writer);
    if (highest > lastDecision) return false;
    await saveOffsets(client, parts.topics.identityLog, ends);
    return true;
  });
}

const beginning = (ends: Offsets): Offsets => ends.map(({ partition }) => ({ partition, offset: 0 }));
const isRuling = (decision: IdentityDecision): decision is PairRuling => 'other' in decision;
const isChoice = (decision: IdentityDecision): decision is MatchModelChosen => decision.type === 'MatchModelChosen';
const isAssignment = (decision: IdentityDecision): decision is RecordAssigned => decision.type === 'RecordAssigned';

/** Whether everything that was decided before is read again. */
export async function hasCaughtUp(client: Transaction, topic: string, catchUp: Offsets): Promise<boolean> {
  const reached = new Map((await offsetsOf(client, topic)).map(({ partition, offset }) => [partition, offset]));
  return catchUp.every(({ partition, offset }) => offset === 0 || (reached.get(partition) ?? 0) >= offset);
}

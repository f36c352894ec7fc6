import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import type { MatchModelChosen } from '#lib/events';
import type { Logger } from '#lib/runtime';
import type { Comparing } from '../compare-anew.js';
import type { ComparingBy } from '../comparing-by.js';
import { countMarks, forgetCandidate, keepCandidateAlone, keepPairsAlone, keepVacuumFromPairs, noteSomeWaitingPairs, noteWaitingPairs, takeMarks, takePairsOver } from '../state/candidate.js'; // prettier-ignore
import { noteAlsoDiffering, noteDiffering, waitWhereDiffering } from '../state/differing.js';
import { type CandidateModel, candidateModel, modelIsLive, refuseSwitch } from '../state/models.js';
import type { State, Transaction } from '../state/open-state.js';
import { keepForSending } from '../state/outbox.js';
import { lockProgress, saveProgress } from '../state/progress.js';
import { type BuildStep, compareForCandidate } from './build-step.js';

interface Parts {
  state: Pick<State, 'transaction'>;
  writer: number;
  comparing: ComparingBy;
  logger: Logger;
  /** Breaks off what takes its time. */
  stopping: AbortSignal;
}

/**
 * So many records may be compared, and begin to wait, while deciding waits for it. Where more have come at every try, twice as many at the next,
 * until it is about what one transaction of deciding takes in.
 */
const [FEW, AT_MOST] = [100, 3_200];
/** So many pairs at a time get noted since when they are for a steward: whoever decides the same pair waits for one time. */
const PAIRS_AT_ONCE = 5_000;
/** Whoever reads the live pairs is waited for so long, twice as long each time. */
const [PAUSE_MS, LONGEST_PAUSE_MS] = [500, 10_000];
/** SQLSTATE `dependent_objects_still_exist`, and `lock_not_available`. */
const [DEPENDENT_OBJECTS, NOT_HAD_IN_TIME] = ['2BP01', '55P03'];
/** Whoever decided is on record in the audit. */
const ROLE = 'operations';

/** How many records are decided anew, or why there was no switch: the wish is withdrawn. */
type Switched = { decidedAnew: number } | { refused: string };

class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
}

/**
 * Makes the candidate the live model in one transaction: its pairs become the live ones, and the records it joins otherwise are decided by it
 * from then on. Whatever takes its time is done before, while deciding goes on: which records those are, and since when pairs are for a
 * steward. What is decided meanwhile by the model before is among them. Whoever reads the live pairs is waited for, however long it takes.
 * @param step a step of the candidate's own
 * @returns `refused` where it is not built, nobody has approved it, or something else, a view perhaps, depends on the live pairs
 */
export async function switchOver(
  parts: Parts,
  candidate: CandidateModel,
  by: Comparing,
  step: () => Promise<BuildStep>,
): Promise<Switched> {
  const { state } = parts;
  try {
    return await switched(parts, candidate.id, by, step);
  } catch (error) {
    const why = whyRefused(error);
    if (why === undefined) throw error;
    await state.transaction((client) => refuseSwitch(client, candidate.id));
    return { refused: why };
  }
}

function whyRefused(error: unknown): string | undefined {
  if (error instanceof OvertakenError) return 'it is not built and approved, or is to be dropped';
  if (error instanceof DatabaseError && error.code === DEPENDENT_OBJECTS) return `drop what stands in the way: ${error.detail}`;
  return undefined;
}

async function switched(parts: Parts, id: number, by: Comparing, step: () => Promise<BuildStep>): Promise<Switched> {
  const { state, stopping } = parts;
  await state.transaction((client) => mustStand(client, id));
  // Not kept as it is meanwhile: whoever asks for something else would wait as long.
  let decidedAnew = await state.transaction(async (client) => {
    const differing = await noteDiffering(client, id);
    await mustStand(client, id);
    return differing;
  });
  let last: string | null = null;
  do last = await whileItStands(state, id, (client) => noteSomeWaitingPairs(client, last, PAIRS_AT_ONCE));
  while (last !== null);
  for (let few = FEW, wait = PAUSE_MS; ;) {
    decidedAnew += await catchUp(parts, id, step);
    const result = await lastStep(parts, id, by, few).catch((error: unknown) => whereRead(error, parts.logger));
    if (typeof result === 'object') return { decidedAnew: decidedAnew + result.decidedAnew };
    if (result === 'more has come') few = Math.min(2 * few, AT_MOST);
    else {
      await pause(wait, undefined, { signal: stopping });
      wait = Math.min(2 * wait, LONGEST_PAUSE_MS);
    }
  }
}

/** Until no more than a few records are left that were decided anew since. @returns how many of them were not noted before */
async function catchUp({ state, stopping }: Parts, id: number, step: () => Promise<BuildStep>): Promise<number> {
  let noted = 0;
  while ((await state.transaction(countMarks)) > FEW) {
    stopping.throwIfAborted();
    const { worked, compared } = await step();
    if (!worked) break;
    noted += await whileItStands(state, id, (client) => noteCompared(client, id, compared));
  }
  return noted;
}

/** What deciding waits for. @param few at most so many records are compared here @returns how many of them were not noted before */
function lastStep(
  { state, writer, comparing }: Parts,
  id: number,
  by: Comparing,
  few: number,
): Promise<{ decidedAnew: number } | 'more has come'> {
  return state.transaction(async (client) => {
    await keepVacuumFromPairs(client);
    await keepCandidateAlone(client);
    const progress = await lockProgress(client, writer);
    const now = await mustStand(client, id);
    if ((await countMarks(client)) > few) return 'more has come';
    await keepPairsAlone(client);
    const marks = await takeMarks(client, null, now.reached);
    const decidedAnew = await noteCompared(client, id, await compareForCandidate(client, by, marks));
    await takePairsOver(client);
    const decision = progress.lastDecision + 1;
    const { version } = by.model;
    const chosen: MatchModelChosen = { type: 'MatchModelChosen', decision, modelVersion: version, settings: now.settings, by: ROLE };
    await keepForSending(client, [chosen]);
    await modelIsLive(client, id, decision, comparing.fromFile);
    await waitWhereDiffering(client, FEW);
    await forgetCandidate(client);
    await saveProgress(client, { ...progress, lastDecision: decision, model: version });
    return { decidedAnew };
  });
}

function whereRead(error: unknown, logger: Logger): 'is read' {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof DatabaseError && cause.code === NOT_HAD_IN_TIME)) throw error;
  logger.warn({ err: error }, 'somebody reads the pairs of records for long: the switch to another match model waits for them');
  return 'is read';
}

/** Does something for a candidate while it is kept as it is. @throws OvertakenError */
function whileItStands<T>(state: Parts['state'], id: number, work: (client: Transaction) => Promise<T>): Promise<T> {
  return state.transaction(async (client) => {
    await mustStand(client, id);
    return work(client);
  });
}

/** From here to the end of the transaction it is as it was asked for: neither does an operator drop it, nor another matcher that has taken over switch to it. */
async function mustStand(client: Transaction, id: number): Promise<CandidateModel> {
  const now = await candidateModel(client);
  if (now?.id !== id || now.state !== 'built' || now.wanted !== 'switch' || now.approvedBy === null) throw new OvertakenError();
  return now;
}

async function noteCompared(client: Transaction, id: number, subjects: readonly string[]): Promise<number> {
  await noteWaitingPairs(client, subjects);
  return noteAlsoDiffering(client, id, subjects);
}

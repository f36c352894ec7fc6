import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import type { MatchModelChosen } from '#lib/events';
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
}

/** So many records may be compared, and begin to wait, while deciding waits for it. */
const FEW = 100;
/** So many pairs at a time get noted since when they are for a steward: whoever decides the same pair waits for one time. */
const PAIRS_AT_ONCE = 5_000;
/** So often the last step is tried before all is noted anew, and so long after somebody read the pairs. */
const TRIES = 5;
const READ_FOR_LONG_MS = 500;
/** SQLSTATE `dependent_objects_still_exist`, and `lock_not_available`. */
const DEPENDENT_OBJECTS = '2BP01';
const NOT_HAD_IN_TIME = '55P03';
/** Whoever decided is on record in the audit. */
const ROLE = 'operations';

/** What came of a wish to switch: how many records are decided anew, or why it was withdrawn. */
type Switched = { decidedAnew: number } | 'refused' | 'in the way';

/**
 * Makes the candidate the live model in one transaction: its pairs become the live ones, and the records it joins otherwise are decided by it
 * from then on. Whatever takes its time is done before, while deciding goes on: which records those are, and since when pairs are for a
 * steward. What is decided meanwhile by the model before is among them.
 * @param step a step of the candidate's own
 * @returns `refused` where it is not built, or nobody has approved it; `in the way` where something else, a view perhaps, depends on the live pairs
 * @throws StateUnavailableError where others read the pairs for long; to be tried again
 */
export async function switchOver(
  parts: Parts,
  candidate: CandidateModel,
  by: Comparing,
  step: () => Promise<BuildStep>,
): Promise<Switched> {
  const { state } = parts;
  const { id } = candidate;
  if (!mayBeLive(candidate)) return state.transaction((client) => refused(client, id));
  let decidedAnew = await whileItStands(state, id, 0, (client) => noteDiffering(client, id));
  let last: string | null = null;
  do last = await whileItStands(state, id, null, (client) => noteSomeWaitingPairs(client, last, PAIRS_AT_ONCE));
  while (last !== null);
  for (let tries = 1; ; tries += 1) {
    decidedAnew += await catchUp(state, id, step);
    try {
      const switched = await lastStep(parts, id, by, decidedAnew, tries < TRIES ? FEW : Infinity);
      if (switched !== 'more has come') return switched;
    } catch (error) {
      if (codeOf(error) === DEPENDENT_OBJECTS) {
        await state.transaction((client) => refuseSwitch(client, id));
        return 'in the way';
      }
      if (codeOf(error) !== NOT_HAD_IN_TIME || tries === TRIES) throw error;
      await pause(READ_FOR_LONG_MS);
    }
  }
}

/** Until no more than a few records are left that were decided anew since. @returns how many of them were not noted before */
async function catchUp(state: Parts['state'], id: number, step: () => Promise<BuildStep>): Promise<number> {
  let noted = 0;
  while ((await state.transaction(countMarks)) > FEW) {
    const { worked, compared } = await step();
    if (!worked) break;
    noted += await whileItStands(state, id, 0, (client) => noteCompared(client, id, compared));
  }
  return noted;
}

/** What deciding waits for. @param noted records noted as differing before @param few at most so many are compared here */
function lastStep(
  { state, writer, comparing }: Parts,
  id: number,
  by: Comparing,
  noted: number,
  few: number,
): Promise<Switched | 'more has come'> {
  return state.transaction(async (client) => {
    await keepVacuumFromPairs(client);
    await keepCandidateAlone(client);
    const progress = await lockProgress(client, writer);
    const now = await candidateModel(client);
    if (now?.id !== id || !mayBeLive(now)) return refused(client, id);
    if ((await countMarks(client)) > few) return 'more has come';
    await keepPairsAlone(client);
    const marks = await takeMarks(client, null, now.reached);
    const decidedAnew = noted + (await noteCompared(client, id, await compareForCandidate(client, by, marks)));
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

/** Does something for a candidate while it is kept as it is: another matcher that has taken over may have switched to it, or begun it again. */
function whileItStands<T>(state: Parts['state'], id: number, otherwise: T, work: (client: Transaction) => Promise<T>): Promise<T> {
  return state.transaction(async (client) => {
    const now = await candidateModel(client);
    return now?.id === id && mayBeLive(now) ? work(client) : otherwise;
  });
}

/** Of the database's error, which the state's wraps. */
function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof DatabaseError ? error.cause : error;
  return cause instanceof DatabaseError ? cause.code : undefined;
}

const mayBeLive = ({ state, wanted, approvedBy }: CandidateModel): boolean =>
  state === 'built' && wanted === 'switch' && approvedBy !== null;

async function refused(client: Transaction, id: number): Promise<'refused'> {
  await refuseSwitch(client, id);
  return 'refused';
}

async function noteCompared(client: Transaction, id: number, subjects: readonly string[]): Promise<number> {
  await noteWaitingPairs(client, subjects);
  return noteAlsoDiffering(client, id, subjects);
}

import { DatabaseError } from 'pg';
import type { MatchModelChosen } from '#lib/events';
import type { Comparing } from '../compare-anew.js';
import type { ComparingBy } from '../comparing-by.js';
import { countMarks, forgetCandidate, keepCandidateAlone, keepPairsAlone, noteWaitingPairs, takeMarks, takePairsOver } from '../state/candidate.js'; // prettier-ignore
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
/** SQLSTATE `dependent_objects_still_exist`. */
const DEPENDENT_OBJECTS = '2BP01';
/** Whoever decided is on record in the audit. */
const ROLE = 'operations';

/**
 * Makes the candidate the live model in one transaction: its pairs become the live ones, and the records it joins otherwise are decided by it
 * from then on. Whatever takes its time is done before, while deciding goes on: which records those are, and since when pairs are for a
 * steward. What is decided meanwhile by the model before is among them.
 * @param step a step of the candidate's own
 * @returns `refused` where it is not built, or nobody has approved it; `in the way` where something else, a view perhaps, depends on the live pairs:
 * the wish is withdrawn
 */
export async function switchOver(
  { state, writer, comparing }: Parts,
  candidate: CandidateModel,
  by: Comparing,
  step: () => Promise<BuildStep>,
): Promise<{ decidedAnew: number } | 'refused' | 'in the way'> {
  const { id } = candidate;
  if (!mayBeLive(candidate)) return state.transaction((client) => refused(client, id));
  let decidedAnew = await state.transaction((client) => noteDiffering(client, id));
  await state.transaction((client) => noteWaitingPairs(client));
  while ((await state.transaction(countMarks)) > FEW) {
    const { worked, compared } = await step();
    if (!worked) break;
    decidedAnew += await state.transaction((client) => noteCompared(client, id, compared));
  }
  const switched = state.transaction(async (client) => {
    await keepCandidateAlone(client);
    const progress = await lockProgress(client, writer);
    const now = await candidateModel(client);
    if (now?.id !== id || !mayBeLive(now)) return refused(client, id);
    await keepPairsAlone(client);
    const marks = await takeMarks(client, null, now.reached);
    decidedAnew += await noteCompared(client, id, await compareForCandidate(client, by, marks));
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
  return switched.catch(async (error: unknown): Promise<'in the way'> => {
    if (!(error instanceof DatabaseError && error.code === DEPENDENT_OBJECTS)) throw error;
    await state.transaction((client) => refuseSwitch(client, id));
    return 'in the way';
  });
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

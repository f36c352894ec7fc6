import type { MatchModelChosen } from '#lib/events';
import type { Comparing } from '../compare-anew.js';
import type { ComparingBy } from '../comparing-by.js';
import { countMarks, differingRecords, forgetCandidate, takeMarks, takePairsOver } from '../state/candidate.js';
import { type CandidateModel, candidateModel, modelIsLive } from '../state/models.js';
import type { State } from '../state/open-state.js';
import { keepForSending } from '../state/outbox.js';
import { lockProgress, saveProgress } from '../state/progress.js';
import { waitForDeciding } from '../state/records.js';
import { type BuildStep, compareForCandidate } from './build-step.js';

interface Parts {
  state: Pick<State, 'transaction'>;
  writer: number;
  comparing: ComparingBy;
}

/** So many records may be compared while deciding waits for it. */
const FEW = 100;
/** Whoever decided is on record in the audit. */
const ROLE = 'operations';

/**
 * Makes the candidate the live model in one transaction: its pairs become the live ones, and the records it joins otherwise wait for being
 * decided by it. Which those are is found before, as that takes its time; what is decided meanwhile by the model before is among them.
 * @param step a step of the candidate's own
 */
export async function switchOver(
  { state, writer, comparing }: Parts,
  { id }: Pick<CandidateModel, 'id'>,
  by: Comparing,
  step: () => Promise<BuildStep>,
): Promise<{ decidedAnew: number }> {
  const anew = new Set(await state.transaction(differingRecords));
  while ((await state.transaction(countMarks)) > FEW) for (const subject of (await step()).compared) anew.add(subject);
  return state.transaction(async (client) => {
    const progress = await lockProgress(client, writer);
    const candidate = await candidateModel(client);
    if (candidate?.id !== id || candidate.state !== 'built' || candidate.wanted !== 'switch' || candidate.approvedBy === null)
      throw new Error('expected a candidate that is built, approved and to be switched to');
    const marks = await takeMarks(client, null, candidate.reached);
    for (const subject of await compareForCandidate(client, by, marks)) anew.add(subject);
    await takePairsOver(client);
    await waitForDeciding(client, [...anew], []);
    const decision = progress.lastDecision + 1;
    const { version } = by.model;
    const chosen: MatchModelChosen = { type: 'MatchModelChosen', decision, modelVersion: version, settings: candidate.settings, by: ROLE };
    await keepForSending(client, [chosen]);
    await modelIsLive(client, id, decision, comparing.fromFile);
    await forgetCandidate(client);
    await saveProgress(client, { ...progress, lastDecision: decision, model: version });
    return { decidedAnew: anew.size };
  });
}

import { compareAnew, type Comparing } from '../compare-anew.js';
import { decideAnew } from '../decide-anew.js';
import { decideAgain, recordsAfter, takeForCandidate, takeMarks } from '../state/candidate.js';
import { type CandidateModel, candidateModel, labelledByModel, modelIsBuilt, reachedByModel } from '../state/models.js';
import type { Transaction } from '../state/open-state.js';
import { waitingRecords } from '../state/records.js';
import { storedCandidate } from '../state/stored.js';
import { CANDIDATE } from '../state/tables.js';

/** What a step did: whether there was anything, whether more had changed than it took, and which records it compared. */
export interface BuildStep {
  worked: boolean;
  behind: boolean;
  compared: string[];
}

/**
 * One step of a candidate towards what a matcher started from nothing with its model would hold: it compares what was decided anew since, and
 * records it has not come to yet; once it has come to all, it decides who of those that wait is one person. The live tables are only read.
 */
export async function buildStep(client: Transaction, comparing: Comparing, limit: number): Promise<BuildStep> {
  const model = await candidateModel(client);
  if (model?.version !== comparing.model.version) return { worked: false, behind: false, compared: [] };
  const marks = await takeMarks(client, limit, model.reached);
  const next = marks.length < limit ? await recordsAfter(client, model.reached, limit - marks.length) : [];
  if (next.length > 0) await reachedByModel(client, model.id, next.at(-1)!, next.length);
  const compared = await compareForCandidate(client, comparing, [...next.map((subject) => ({ subject, at: null })), ...marks]);
  // As long as new ones come, most of those that wait would be decided again.
  const decided = next.length === 0 ? await decideSome(client, model, comparing, limit) : 0;
  const behind = marks.length === limit;
  if (model.state === 'building' && !behind && next.length === 0 && decided < limit) await modelIsBuilt(client, model.id);
  return { worked: marks.length + next.length + decided > 0, behind, compared };
}

/** @returns how many waited */
async function decideSome(client: Transaction, model: CandidateModel, comparing: Comparing, limit: number): Promise<number> {
  const toDecide = await waitingRecords(client, 'decide', limit, CANDIDATE);
  if (toDecide.length === 0) return 0;
  const labels = await decideAnew(storedCandidate(client), comparing, toDecide, model.lastLabel + 1);
  await labelledByModel(client, model.id, labels.length);
  return toDecide.length;
}

/** Compares records by the candidate's model. @returns them and those they had a pair with */
export async function compareForCandidate(
  client: Transaction,
  comparing: Comparing,
  records: readonly { subject: string; at: Date | null }[],
): Promise<string[]> {
  if (records.length === 0) return [];
  await takeForCandidate(client, records);
  const subjects = [...new Set(records.map(({ subject }) => subject))];
  const { left } = await compareAnew(storedCandidate(client), comparing, subjects);
  await decideAgain(client, left);
  return [...subjects, ...left];
}

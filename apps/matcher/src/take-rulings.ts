import type { IdentityDecision } from '#lib/events';
import type { ComparingBy } from './comparing-by.js';
import { decideAnew } from './decide-anew.js';
import type { Transaction } from './state/open-state.js';
import { keepForSending } from './state/outbox.js';
import { lockProgress, saveProgress } from './state/progress.js';
import { recordsOf } from './state/records.js';
import { keepRules, noteTaken, rulingOf, waitingRulings } from './state/rulings.js';
import { stored } from './state/stored.js';

const AT_ONCE = 100;

/** Takes in what was decided by hand since: each as a decision, followed by those that follow from it. Nothing while the matcher is catching up. */
export async function takeRulings(client: Transaction, writer: number, comparing: ComparingBy): Promise<IdentityDecision[]> {
  const progress = await lockProgress(client, writer);
  const decisions: IdentityDecision[] = [];
  for (const request of progress.catchUp === null ? await waitingRulings(client, AT_ONCE) : []) {
    const ruling = await rulingOf(client, request, progress.lastDecision + decisions.length + 1);
    await keepRules(client, [ruling]);
    await noteTaken(client, request, ruling.decision);
    const records = await recordsOf(client, [ruling.subject, ruling.other]);
    decisions.push(
      ruling,
      ...(await decideAnew(stored(client, progress.candidate), comparing.of(progress.model), records, ruling.decision + 1)),
    );
  }
  await keepForSending(client, decisions);
  if (decisions.length > 0) await saveProgress(client, { ...progress, lastDecision: progress.lastDecision + decisions.length });
  return decisions;
}

import { emptyCandidate, forgetCandidate, keepCandidateAlone } from '../state/candidate.js';
import { forgetDiffering } from '../state/differing.js';
import { beginModel, endModel } from '../state/models.js';
import type { State, Transaction } from '../state/open-state.js';
import { lockProgress, markFor } from '../state/progress.js';

interface Parts {
  state: Pick<State, 'transaction'>;
  writer: number;
}

/** A proposed model is begun, or begun again, with nothing compared; whatever is decided anew from now on is noted for it. */
export const beginCandidate = (parts: Parts, id: number, version: string): Promise<void> =>
  aloneWithCandidate(parts, id, id, async (client) => {
    await emptyCandidate(client);
    await beginModel(client, id, version);
  });

/** A proposed model ends, and nothing of it is left. */
export const dropCandidate = (parts: Parts, id: number): Promise<void> =>
  aloneWithCandidate(parts, id, null, async (client) => {
    await forgetCandidate(client);
    await endModel(client, id);
  });

/** Whoever reads the candidate is waited for first, and all that takes its time is done before deciding waits for us: for a moment. */
function aloneWithCandidate(
  { state, writer }: Parts,
  id: number,
  marked: number | null,
  work: (client: Transaction) => Promise<void>,
): Promise<void> {
  return state.transaction(async (client) => {
    await keepCandidateAlone(client);
    await work(client);
    await forgetDiffering(client, id);
    await lockProgress(client, writer);
    await markFor(client, marked);
  });
}

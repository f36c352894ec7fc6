import { emptyCandidate, forgetCandidate, keepCandidateAlone } from '../state/candidate.js';
import { beginModel, endModel } from '../state/models.js';
import type { State, Transaction } from '../state/open-state.js';
import { lockProgress } from '../state/progress.js';

interface Parts {
  state: Pick<State, 'transaction'>;
  writer: number;
}

/** A proposed model is begun, or begun again, with nothing compared; whatever is decided anew from now on is noted for it. */
export const beginCandidate = (parts: Parts, id: number, version: string): Promise<void> =>
  aloneWithCandidate(parts, emptyCandidate, (client) => beginModel(client, id, version));

/** A proposed model ends, and nothing of it is left. */
export const dropCandidate = (parts: Parts, id: number): Promise<void> =>
  aloneWithCandidate(parts, forgetCandidate, (client) => endModel(client, id));

/** Whoever reads the candidate is waited for first, and its tables are gone before deciding waits for us: for a moment. */
function aloneWithCandidate(
  { state, writer }: Parts,
  empty: (client: Transaction) => Promise<void>,
  note: (client: Transaction) => Promise<void>,
): Promise<void> {
  return state.transaction(async (client) => {
    await keepCandidateAlone(client);
    await empty(client);
    await lockProgress(client, writer);
    await note(client);
  });
}

import { offsetsOf } from './state/checkpoint.js';
import { anyWaits } from './state/differing.js';
import type { Transaction } from './state/open-state.js';
import { keepForSending } from './state/outbox.js';
import { lockProgress, saveProgress } from './state/progress.js';

/** Says how far everything is decided, as a decision behind all that it covers. @returns false when nothing has moved, or not yet to be said */
export async function announce(client: Transaction, writer: number, topic: string): Promise<boolean> {
  const progress = await lockProgress(client, writer);
  if (progress.catchUp !== null || (await anyWaits(client))) return false;
  const offsets = await offsetsOf(client, topic);
  const known = new Map(progress.announced?.map(({ partition, offset }) => [partition, offset]));
  if (offsets.every(({ partition, offset }) => (known.get(partition) ?? 0) === offset)) return false;
  const lastDecision = progress.lastDecision + 1;
  await keepForSending(client, [{ type: 'MatchedUpTo', decision: lastDecision, offsets }]);
  await saveProgress(client, { ...progress, lastDecision, announced: offsets });
  return true;
}

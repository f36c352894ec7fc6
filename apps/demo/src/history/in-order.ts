import type { SourceEventInput } from '#lib/events';
import type { Draft } from './draft.js';

/** What one source has to tell, in the order it happened, each with a version above all before it: epoch 1, position in microseconds. */
export function inOrder(drafts: readonly Draft[]): SourceEventInput[] {
  let position = 0;
  return [...drafts]
    .sort((a, b) => a.at - b.at)
    .map(({ at, event }) => {
      position = Math.max(position + 1, at * 1000);
      return versioned(event, at, position);
    });
}

/** One happening as the source publishes it. */
export const versioned = (event: Draft['event'], at: number, position: number): SourceEventInput => ({
  ...event,
  sourceVersion: { epoch: 1, position },
  occurredAt: new Date(at).toISOString(),
});

import type { IdentityDecision, SourceVersion } from '#lib/events';

/** Decisions are ordered by their number alone: one matcher gives them out, for ever increasing, so there is one epoch. */
export function byDecision({ decision }: IdentityDecision): SourceVersion {
  return { epoch: 0, position: decision };
}

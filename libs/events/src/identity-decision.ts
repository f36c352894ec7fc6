/** What the matcher (and later a steward) decides, as published to `identity-log`: tokens, ids and codes only, never personal data. */

/** A record belongs to a person. The highest decision number wins. */
export interface RecordAssigned {
  type: 'RecordAssigned';
  /** Strictly increasing over the whole deployment. */
  decision: number;
  /** Subject token of the record. */
  subject: string;
  /** Person id (128 bits, as a UUID). */
  person: string;
  /** Code: why. */
  reason: string;
  modelVersion: string;
}

/** A person id is no longer used; look under `into` instead. A redirect, never membership. */
export interface PersonRetired {
  type: 'PersonRetired';
  decision: number;
  person: string;
  into: string;
}

/** The matcher has decided everything below these offsets of `involvement-log`. Written to every partition of `identity-log`. */
export interface MatchedUpTo {
  type: 'MatchedUpTo';
  decision: number;
  /** Per partition of `involvement-log`: the first offset not yet decided. */
  offsets: { partition: number; offset: number }[];
}

export type IdentityDecision = RecordAssigned | PersonRetired | MatchedUpTo;
export type DecisionType = IdentityDecision['type'];

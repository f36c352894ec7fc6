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

/** A steward, or the authority, has decided that two records are of two people, whatever they have in common. The same whichever is named first. */
export interface RecordsKeptApart {
  type: 'RecordsKeptApart';
  decision: number;
  /** Subject token of the one record. */
  subject: string;
  /** Subject token of the other. */
  other: string;
  /** Code: why. */
  reason: string;
}

/** That decision is taken back: of these two records nothing is decided by hand. */
export interface RecordsKeptApartRevoked {
  type: 'RecordsKeptApartRevoked';
  decision: number;
  subject: string;
  other: string;
}

/** What the matcher finds out by itself. */
export type MatcherDecision = RecordAssigned | PersonRetired | MatchedUpTo;
export type IdentityDecision = MatcherDecision | RecordsKeptApart | RecordsKeptApartRevoked;
export type DecisionType = IdentityDecision['type'];

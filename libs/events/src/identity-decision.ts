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

/** What somebody has decided by hand about two records. The same whichever is named first; of all such decisions about two records the last counts. */
interface Ruling<Type extends string> {
  type: Type;
  decision: number;
  /** Subject token of the one record. */
  subject: string;
  /** Subject token of the other. */
  other: string;
  /** Code: why. */
  reason: string;
  /** Role of whoever decided. */
  by: string;
}

/** Two records are of two people, whatever they have in common. */
type RecordsKeptApart = Ruling<'RecordsKeptApart'>;
/** That is taken back: of these two records nothing is decided by hand. */
type RecordsKeptApartRevoked = Ruling<'RecordsKeptApartRevoked'>;
/** Two records are of one person, whatever speaks against it. */
type RecordsKeptTogether = Ruling<'RecordsKeptTogether'>;
/** That is taken back: of these two records nothing is decided by hand. */
type RecordsKeptTogetherRevoked = Ruling<'RecordsKeptTogetherRevoked'>;
export type PairRuling = RecordsKeptApart | RecordsKeptApartRevoked | RecordsKeptTogether | RecordsKeptTogetherRevoked;

/** From here on records are matched by this model; the decisions that come out otherwise follow. */
export interface MatchModelChosen {
  type: 'MatchModelChosen';
  decision: number;
  modelVersion: string;
  /** The model's settings as JSON. */
  settings: string;
  /** Role of whoever approved. */
  by: string;
}

/** Every decision is made, or taken in and numbered, by the matcher. */
export type IdentityDecision = RecordAssigned | PersonRetired | MatchedUpTo | PairRuling | MatchModelChosen;
export type DecisionType = IdentityDecision['type'];

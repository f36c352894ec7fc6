/** A record as it stands in the read model, with the person it was assigned to. */
export interface StoredRecord {
  subject: string;
  person: string | null;
  source: string;
  recordId: string;
  /** Whether its details have arrived; without them it is no more than a name for facts. */
  described: boolean;
  present: boolean | null;
  removedReason: string | null;
  restriction: string | null;
  /** Somebody has decided so, whatever the source says. */
  restrictedByHand: boolean;
  replacedBy: string | null;
  /** Orders replacements in time. */
  replacedAt: [epoch: number, position: number];
  names: { family: string | null; given: string[]; kind: 'current' | 'former' | 'alias' }[];
  birth: { date: string; precision: 'day' | 'month' | 'year' | 'expected' } | null;
  gender: string | null;
  addresses: StoredAddress[];
  identifiers: { type: string; value: string }[];
  deceasedOn: string | null;
  flags: string[];
  /** When the source last stated or confirmed the details; milliseconds since 1970. */
  statedAt: number;
}

export interface StoredAddress {
  lines: string[];
  postcode: string | null;
  uprn: string | null;
  from: string | null;
  to: string | null;
  kind: string;
  confidential: boolean;
}

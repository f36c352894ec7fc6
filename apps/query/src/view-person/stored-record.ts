/** A record as it stands in the read model, with the person it was assigned to. */
export interface StoredRecord {
  subject: string;
  person: string | null;
  source: string;
  recordId: string;
  /** Whether its details have arrived; without them it is no more than a name for facts. */
  described: boolean;
  present: boolean | null;
  /** By its source, by hand, or because it may be a restricted person's (libs/read-model). */
  restricted: boolean;
  /** The reader has said to know whose it is, or may be (policy/known-to.ts). */
  knownToReader: boolean;
  /** It is linked as carer to somebody with a confidential address (cares-in-hiding.ts). */
  caresInHiding: boolean;
  replacedBy: string | null;
  /** Records of which somebody has decided that they are of another person than this. */
  keptApart: string[];
  /** Readers' doubts whether it belongs with whom it is shown with (decision 0054). */
  doubts: StoredDoubt[];
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

/** A doubt that is open, or was settled as `different` and counts until the records are parted. */
export interface StoredDoubt {
  id: string;
  /** The reader who asks has raised it. */
  own: boolean;
  hides: boolean;
  /** Milliseconds since 1970. */
  raisedAt: number;
  open: boolean;
  /** The records that a steward's ruling parts it from. */
  apartFrom: string[];
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

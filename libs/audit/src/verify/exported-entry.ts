import { COMMITMENT_BYTES, type CommittedFields, commitmentsOf, FORMAT_1, leafOf, SALT_BYTES } from '../commitment.js';
import { hashOfLeaf } from '../merkle/hashes.js';
import { isRedactable } from '../redactable.js';

/** One entry with all that its proof needs. Bytes are in base64. */
export interface ExportedEntry {
  /** Place in the tree; null while it waits to be sealed. */
  index: number | null;
  /** Hash of its leaf as the database holds it; null while it waits. */
  leaf: string | null;
  /** It stands before entries that are sealed, and is not: no sealer could have passed it over. */
  passedOver?: true;
  format: number;
  fields: CommittedFields;
  salts: string;
  commitments: string;
  /** Fields that were lawfully taken out, each with its salt. */
  redacted: string[];
  sink: string;
  drainedAt: number | null;
}

/** Of an entry, what no commitment covers: it was committed to before either sink was asked, so that both may have it. */
export const NOT_COMMITTED = ['sink', 'drainedAt'] as const satisfies (keyof ExportedEntry)[];

/** Fields that are not what was committed to. One that was redacted is right when nothing of it is left, and it is one that may go: of the others no record makes it lawful. */
export function wrongFields(entry: ExportedEntry): string[] {
  const salts = Buffer.from(entry.salts, 'base64');
  const kept = Buffer.from(entry.commitments, 'base64');
  if (entry.format !== 1 || salts.length !== FORMAT_1.length * SALT_BYTES || kept.length !== FORMAT_1.length * COMMITMENT_BYTES)
    return ['format'];
  const again = commitmentsOf(entry.fields, salts);
  return FORMAT_1.filter((field, at) => {
    if (entry.redacted.includes(field))
      return (
        !isRedactable(field) ||
        entry.fields[field] !== null ||
        !salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES).equals(Buffer.alloc(SALT_BYTES))
      );
    const part = (all: Buffer) => all.subarray(at * COMMITMENT_BYTES, (at + 1) * COMMITMENT_BYTES);
    return !part(again).equals(part(kept));
  });
}

export const leafHashOf = ({ commitments }: ExportedEntry): Buffer => hashOfLeaf(leafOf(Buffer.from(commitments, 'base64')));

import { hash, randomBytes } from 'node:crypto';

/**
 * The fields a record commits to, in this order, for ever. A new field makes a new format beside this one.
 * Every field is committed to by itself, with a salt of its own. A record's leaf in the later Merkle tree is taken over its commitments alone:
 * when a field must lawfully go, its value and salt are blanked, and the tree still proves all the rest.
 */
export const FORMAT_1 = [
  'id',
  'at',
  'action',
  'outcome',
  'reader',
  'role',
  'team',
  'person',
  'subjects',
  'reason',
  'reference',
  'shown',
  'freshness',
  'generation',
  'terms',
  'requestId',
] as const;
export type CommittedFields = Record<(typeof FORMAT_1)[number], unknown>;

export const SALT_BYTES = 16;
export const COMMITMENT_BYTES = 32;
const DOMAIN = 'involvement-index audit 1';

/** Fresh salts for one record: 16 bytes for each field, in the order of `FORMAT_1`. */
export const newSalts = (): Buffer => randomBytes(FORMAT_1.length * SALT_BYTES);

/**
 * The commitments of one record: 32 bytes for each field, the SHA-256 of this text in UTF-8: format, field's name, salt (hex) and value as
 * canonical JSON, with NUL between them.
 * @param written what records of one look share is written out once; nothing in it may change meanwhile.
 * @param salts as `newSalts` gives them; blanked salts give other commitments, so compare only the fields not redacted.
 */
export function commitmentsOf(fields: CommittedFields, salts: Buffer, written: Written = new Map()): Buffer {
  const hex = salts.toString('hex');
  const digests = FORMAT_1.map((name, at) => {
    const salt = hex.slice(at * SALT_BYTES * 2, (at + 1) * SALT_BYTES * 2);
    return hash('sha256', `${DOMAIN}\0${name}\0${salt}\0${canonicalJson(fields[name], written)}`);
  });
  return Buffer.from(digests.join(''), 'hex');
}

/** The leaf's content for a Merkle tree (RFC 6962 hashes it with its own prefix): the format and all commitments, redacted or not. */
export const leafOf = (commitments: Buffer): Buffer => Buffer.concat([Buffer.from([1]), commitments]);

type Written = Map<object, string>;

/** JSON with the keys of every object sorted, so that one value has one text. Absent fields and undefined are left out, as JSON does. */
export function canonicalJson(value: unknown, written: Written = new Map()): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const known = written.get(value);
  if (known !== undefined) return known;
  const parts = Array.isArray(value) ? value.map((part) => canonicalJson(part, written)) : membersOf(value, written);
  const text = Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
  written.set(value, text);
  return text;
}

function membersOf(value: object, written: Written): string[] {
  const members = Object.entries(value).filter(([, held]) => held !== undefined);
  const sorted = members.sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held, written)}`);
}

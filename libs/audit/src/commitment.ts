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

const SALT_BYTES = 16;
const DOMAIN = 'involvement-index audit 1';

/** Fresh salts for one record: 16 bytes for each field, in the order of `FORMAT_1`. */
export const newSalts = (): Buffer => randomBytes(FORMAT_1.length * SALT_BYTES);

/**
 * The commitments of one record: 32 bytes for each field, SHA-256 over the format, the field's name, its salt and its value as canonical JSON.
 * @param salts as `newSalts` gives them; blanked salts give other commitments, so compare only the fields not redacted.
 */
export function commitmentsOf(fields: CommittedFields, salts: Buffer): Buffer {
  return Buffer.concat(
    FORMAT_1.map((name, at) => {
      const salt = salts.subarray(at * SALT_BYTES, (at + 1) * SALT_BYTES);
      const opening = Buffer.from(`${DOMAIN}\0${name}\0`);
      return hash('sha256', Buffer.concat([opening, salt, Buffer.from(canonicalJson(fields[name]))]), 'buffer');
    }),
  );
}

/** The leaf's content for a Merkle tree (RFC 6962 hashes it with its own prefix): the format and all commitments, redacted or not. */
export const leafOf = (commitments: Buffer): Buffer => Buffer.concat([Buffer.from([1]), commitments]);

/** JSON with the keys of every object sorted, so that one value has one text. Absent fields and undefined are left out, as JSON does. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  const sorted = entries.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(',')}}`;
}

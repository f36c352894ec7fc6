import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { type Canonical, canonicalBytes } from './canonical-bytes.js';
import { SealBrokenError } from './errors.js';
import type { SubjectKey } from './subject-key.js';

/** The clear fields of an envelope. */
export interface ClearFields {
  id: string;
  type: string;
  source: string;
  subject: string;
  sourceVersion: { epoch: number; position: number };
  occurredAt: number;
  publishedAt: number;
  schema: string;
  keyIds: string[];
  sealingVersion: number;
}

/** The version this build seals with. */
export const SEALING_VERSION = 1;
const NONCE = 12;
const TAG = 16;

/** What version 1 binds to the sealed bytes: every clear field, in this order. */
const boundFields = (clear: ClearFields): Canonical[] => [
  clear.sealingVersion,
  clear.id,
  clear.type,
  clear.source,
  clear.subject,
  clear.sourceVersion.epoch,
  clear.sourceVersion.position,
  clear.occurredAt,
  clear.publishedAt,
  clear.schema,
  clear.keyIds,
];
const additionalData = (clear: ClearFields) => canonicalBytes('sealed-event/1', boundFields(clear));

/**
 * Seals an event's bytes with AES-256-GCM under a fresh random nonce, bound to the clear fields.
 * @param clear with `sealingVersion` SEALING_VERSION and `keyIds` naming the key. @returns nonce (12 bytes), ciphertext, tag (16 bytes)
 */
export function sealEvent(key: SubjectKey, clear: ClearFields, plain: Uint8Array): Buffer {
  if (clear.sealingVersion !== SEALING_VERSION) throw new RangeError(`this build seals with version ${SEALING_VERSION}`);
  const nonce = freshNonce();
  const cipher = createCipheriv('aes-256-gcm', key.sealing, nonce, { authTagLength: TAG });
  cipher.setAAD(additionalData(clear));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** The event's bytes. @throws SealBrokenError when a bound field or a sealed byte is not what was sealed, or the key is another. */
export function unsealEvent(key: SubjectKey, envelope: ClearFields & { sealed: Uint8Array }): Buffer {
  const { sealed } = envelope;
  if (envelope.sealingVersion !== SEALING_VERSION) throw new SealBrokenError(`sealing version ${SEALING_VERSION}`);
  if (sealed.length < NONCE + TAG) throw new SealBrokenError(`at least ${NONCE + TAG} sealed bytes`);
  const decipher = createDecipheriv('aes-256-gcm', key.sealing, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(additionalData(envelope));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  const plain = decipher.update(sealed.subarray(NONCE, sealed.length - TAG));
  try {
    decipher.final();
  } catch {
    throw new SealBrokenError('bytes and clear fields as they were sealed');
  }
  return plain;
}

const random = Buffer.alloc(NONCE * 512);
let used = random.length;

/** Random bytes are drawn for many nonces at once. */
function freshNonce(): Buffer {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  used += NONCE;
  return random.subarray(used - NONCE, used);
}

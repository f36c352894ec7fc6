import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

/** C2SP signed-note: a plain Ed25519 signature, and one that says when (tlog-cosignature). */
export const PLAIN = 1;
export const DATED = 4;
type Kind = typeof PLAIN | typeof DATED;

/** DER around 32 raw bytes (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** An Ed25519 public key under the name it signs with. */
export class VerifyingKey {
  private readonly key: KeyObject;

  constructor(
    readonly name: string,
    private readonly raw: Buffer,
  ) {
    if (!isKeyName(name)) throw new Error('a key’s name must be text without spaces or +');
    if (raw.length !== 32) throw new Error('an Ed25519 public key has 32 bytes');
    this.key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: 'der', type: 'spki' });
  }

  /** @param text `name+id+base64`, as C2SP signed-note writes verifier keys @throws Error when it is none or its id is not its own */
  static read(text: string): VerifyingKey {
    const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
    const bytes = Buffer.from(base64 ?? '', 'base64');
    if (name === undefined || bytes.length !== 33 || bytes[0] !== PLAIN)
      throw new Error('a public key is written as name+id+base64, 33 bytes beginning with 01');
    const key = new VerifyingKey(name, bytes.subarray(1));
    if (key.idOf(PLAIN).toString('hex') !== id) throw new Error('the public key’s id does not belong to its name and bytes');
    return key;
  }

  /** As `read` takes it; for everybody to know. */
  get text(): string {
    return `${this.name}+${this.idOf(PLAIN).toString('hex')}+${Buffer.concat([Buffer.from([PLAIN]), this.raw]).toString('base64')}`;
  }

  /** The four bytes by which a signature names the key. */
  idOf(kind: Kind): Buffer {
    return hash('sha256', Buffer.concat([Buffer.from(`${this.name}\n`), Buffer.from([kind]), this.raw]), 'buffer').subarray(0, 4);
  }

  verifies(text: string, signature: Buffer): boolean {
    return verify(null, Buffer.from(text), this.key, signature);
  }
}

/** The key of the log; whoever has it can sign trees. */
export class SigningKey {
  readonly public: VerifyingKey;
  private readonly key: KeyObject;

  /** @param name also the origin of the log's checkpoints: a name for this log that no other log has @param seed 32 bytes (RFC 8032) */
  constructor(name: string, seed: Buffer) {
    if (seed.length !== 32) throw new Error('an Ed25519 seed has 32 bytes');
    this.key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
    const raw = createPublicKey(this.key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length);
    this.public = new VerifyingKey(name, raw);
  }

  get name(): string {
    return this.public.name;
  }

  sign(text: string): Buffer {
    return sign(null, Buffer.from(text), this.key);
  }
}

/** What a signed note takes for a name. */
export const isKeyName = (name: string): boolean => /^[^\s+]+$/.test(name);

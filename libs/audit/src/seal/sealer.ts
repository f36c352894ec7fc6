import { Client } from 'pg';
import type { CompactRange } from '../merkle/compact-range.js';
import { type Checkpoint, openCheckpoint, signCheckpoint } from '../notes/checkpoint.js';
import type { SigningKey } from '../notes/signing-key.js';
import type { CheckpointPlace } from './checkpoint-place.js';
import { type GrownTree, growTree } from './grown-tree.js';
import { addLeaves, nextLeaves, type SealedUpTo } from './leaves.js';
import { SEALER_ROLE } from './seal-audit.migration.js';
import { SealerElsewhereError, SealRefusedError } from './seal-refused.js';

export interface SealerOptions {
  /** PostgreSQL URL of the audit database, of a user who may act as the sealer's role. */
  url: string;
  key: SigningKey;
  /** Where checkpoints go besides the database. */
  place: CheckpointPlace;
  /** Called with every new note once it is in the database and at the place; a second copy elsewhere. */
  alsoTo?(note: string): Promise<void>;
  /** Entries sealed in one transaction. */
  batch?: number;
  /** Milliseconds after which a tree that has not grown is signed again. */
  idleAfter?: number;
  /** Start again at a place that is empty although checkpoints were pushed: every leaf is pushed once more. */
  pushAgain?: boolean;
  now?(): number;
}

/** What one turn came to. */
export interface SealedTurn {
  /** Entries sealed in it, and in all. */
  sealed: number;
  size: number;
  /** When the newest pushed checkpoint was signed. */
  signedAt: number;
  /** Time of the oldest entry that waits to be sealed; null when none does. */
  oldestWaiting: number | null;
}

const IDLE_AFTER = 60_000;
/** Any fixed number: the lock that one sealer holds for its life. */
const SEALING = 4_150_119;

/**
 * Seals the audit log: gives its entries their index, builds the Merkle tree (RFC 6962) over them, signs and pushes checkpoints. There is one at
 * a time: the lock and every statement share one connection, so a sealer that lost the lock can write nothing any more.
 */
export class Sealer {
  private pushed: { note: string; size: number; signedAt: number } | null = null;
  private range!: CompactRange;
  private upTo!: SealedUpTo;
  private notPushed: Buffer[] = [];

  private constructor(
    private readonly client: Client,
    private readonly o: Required<Pick<SealerOptions, 'batch' | 'idleAfter' | 'now'>> & SealerOptions,
  ) {}

  /** @throws SealerElsewhereError while another is at work, SealRefusedError where the log does not continue what was pushed */
  static async open(o: SealerOptions): Promise<Sealer> {
    const client = new Client({
      connectionString: o.url,
      options: `-c role=${SEALER_ROLE} -c synchronous_commit=on`,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      application_name: 'involvement sealer',
    });
    client.on('error', () => undefined);
    await client.connect();
    const sealer = new Sealer(client, { batch: 5_000, idleAfter: IDLE_AFTER, now: Date.now, ...o });
    try {
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [SEALING]);
      if (!rows[0]!.held) throw new SealerElsewhereError();
      await sealer.continueFrom(await o.place.newest());
      return sealer;
    } catch (error) {
      await sealer.close();
      throw error;
    }
  }

  /** Seals what can be, and signs when there is something new or the last signature grows old. A tail that was cut is noticed without either. */
  async turn(): Promise<SealedTurn> {
    const newest = await this.o.place.newest();
    if (newest !== (this.pushed?.note ?? null)) await this.continueFrom(newest);
    const sealed = await this.sealAll();
    const grown = this.range.size > (this.pushed?.size ?? -1);
    if (grown || this.o.now() - (this.pushed?.signedAt ?? 0) >= this.o.idleAfter) await this.sign();
    else await this.refuseGaps();
    return { sealed, size: this.range.size, signedAt: this.pushed!.signedAt, oldestWaiting: await this.oldestWaiting() };
  }

  /** Lets go of the lock. */
  async close(): Promise<void> {
    await this.client.end();
  }

  private async continueFrom(note: string | null): Promise<void> {
    const checkpoint = note === null ? null : openCheckpoint(note, this.o.key.public);
    if (note !== null && checkpoint === null)
      throw new SealRefusedError('not-ours', 'the newest pushed checkpoint is not signed by this key');
    if (note === null && !this.o.pushAgain) await this.refuseWhenPushedBefore();
    this.take(await growTree(this.client, checkpoint), note, checkpoint);
    await this.refuseOtherServer();
  }

  private take(tree: GrownTree, note: string | null, checkpoint: Checkpoint | null): void {
    this.range = tree.range;
    this.upTo = tree.upTo;
    this.notPushed = tree.notPushed;
    this.pushed = note === null ? null : { note, size: checkpoint!.size, signedAt: checkpoint!.signedAt ?? 0 };
  }

  private async sealAll(): Promise<number> {
    let sealed = 0;
    for (;;) {
      const leaves = await nextLeaves(this.client, this.upTo, this.o.batch);
      if (leaves.length > 0) {
        await addLeaves(this.client, this.range.size, leaves);
        for (const { hash } of leaves) this.range.append(hash);
        for (const { hash } of leaves) this.notPushed.push(hash);
        const { writtenBy, seq } = leaves.at(-1)!;
        this.upTo = { writtenBy, seq };
        sealed += leaves.length;
      }
      if (leaves.length < this.o.batch) return sealed;
      // What waits to be pushed is held in memory: not more than a few batches of it.
      if (this.notPushed.length >= 10 * this.o.batch) await this.sign();
    }
  }

  private async sign(): Promise<void> {
    await this.refuseGaps();
    const now = this.o.now();
    const { size } = this.range;
    const root = this.range.root();
    const note = signCheckpoint({ size, root }, this.o.key, now);
    const { rows } = await this.client.query<{ id: string }>(SIGNED, [size, root, this.range.edge, note, now]);
    await this.o.place.push({ from: this.pushed?.size ?? 0, leaves: this.notPushed, note });
    this.pushed = { note, size, signedAt: Math.floor(now / 1000) * 1000 };
    this.notPushed = [];
    await this.o.alsoTo?.(note);
    await this.client.query('UPDATE audit.checkpoint SET pushed_at = $2 WHERE id = $1', [rows[0]!.id, this.o.now()]);
  }

  /** Somebody may have deleted leaves while this sealer knew better. */
  private async refuseGaps(): Promise<void> {
    const { rows } = await this.client.query<{ size: string }>('SELECT coalesce(max(index) + 1, 0) AS size FROM audit.sealed');
    const size = Number(rows[0]!.size);
    if (size !== this.range.size)
      throw new SealRefusedError('tail-cut', `the database holds leaves up to ${size - 1}, and ${this.range.size} were sealed`);
  }

  private async refuseWhenPushedBefore(): Promise<void> {
    const { rows } = await this.client.query('SELECT 1 FROM audit.checkpoint WHERE pushed_at IS NOT NULL LIMIT 1');
    if (rows.length > 0)
      throw new SealRefusedError('pushed-missing', 'checkpoints were pushed before, and the place they went to is empty');
  }

  private async refuseOtherServer(): Promise<void> {
    const { rows } = await this.client.query<{ ahead: boolean }>(
      'SELECT $1::text::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) AS ahead',
      [this.upTo.writtenBy],
    );
    if (rows[0]!.ahead)
      throw new SealRefusedError('other-server', 'entries carry transaction numbers this server has not reached: restored from a dump');
  }

  private async oldestWaiting(): Promise<number | null> {
    const { rows } = await this.client.query<{ at: string | null }>({
      name: 'oldest-waiting',
      text: 'SELECT at FROM audit.entry WHERE (written_by, seq) > ($1::text::xid8, $2::bigint) ORDER BY written_by, seq LIMIT 1',
      values: [this.upTo.writtenBy, this.upTo.seq],
    });
    return rows[0]?.at == null ? null : Number(rows[0].at);
  }
}

const SIGNED = 'INSERT INTO audit.checkpoint (size, root, edge, note, signed_at) VALUES ($1, $2, $3, $4, $5) RETURNING id';

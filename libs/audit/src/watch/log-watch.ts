import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { VerifyingKey } from '../notes/signing-key.js';
import { checkEntries } from './check-entries.js';
import { addFound, type FoundMismatch, readFound, waiting } from './found-mismatches.js';
import { copyFound, noteChecked } from './log-state.js';
import type { Mismatch } from './mismatch.js';
import { FROM_THE_FIRST, goesOn, pushedSince, type Step, type WalkedTo, walkPushed } from './walk-pushed.js';
import { WATCHER_ROLE } from './watch-audit.migration.js';

export interface LogWatchOptions {
  /** PostgreSQL URL of the audit database, of a user who may act as the watcher's role. */
  url: string;
  key: VerifyingKey;
  /** Where checkpoints and leaves are pushed to; what is found is kept there too. */
  folder: string;
  /** Milliseconds from one check of the newest entries, or of the whole log, to the next; a check of the whole log may take longer. After one that
   * had nothing to compare it is ten seconds at most. */
  every: number;
  now?(): number;
}

/** What one turn came to. */
export interface WatchTurn {
  /** Entries compared in it. */
  checked: number;
  /** Whether a check is under way, and a turn more goes on with it. */
  underWay: boolean;
  /** What was not known before. */
  fresh: Mismatch[];
  waiting: FoundMismatch[];
  newestAt: number | null;
  wholeAt: number | null;
}

/** As it is kept at the second place, so that a restart goes on where it was. */
interface Kept {
  newestAt: number | null;
  wholeAt: number | null;
  wholeEntries: number | null;
  /** The check of the whole log that is under way. */
  round: { begunAt: number; to: WalkedTo } | null;
}

const KEPT_FILE = 'watch.json';
const AN_HOUR = 3_600_000;
/** Right after a first start nothing is sealed: what is, soon, is not left unchecked until the next round. */
const AFTER_NOTHING = 10_000;
/** Any fixed number: the lock that one watch holds for its life. */
const WATCHING = 4_150_120;

interface Walk {
  begunAt: number;
  steps: AsyncGenerator<Step>;
}

/**
 * Compares the sealed log with what was pushed, over and over: its last hour every few minutes, and all of it round and round. It trusts nothing
 * that the database says of itself. There is one at a time, sealing or not.
 */
export class LogWatch {
  private newest: Walk | null = null;
  private whole: Walk | null = null;
  private triedAt = -Infinity;
  private last: Walk | null = null;

  private constructor(
    private readonly client: Client,
    private readonly kept: Kept,
    private readonly o: Required<LogWatchOptions>,
  ) {}

  /** @returns null while another is at work */
  static async open(o: LogWatchOptions): Promise<LogWatch | null> {
    const client = new Client({
      connectionString: o.url,
      // Few rows at a time, by their numbers, however little is known of the tables.
      options: `-c role=${WATCHER_ROLE} -c jit=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off`,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      application_name: 'involvement audit watch',
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [WATCHING]);
      if (rows[0]!.held) return new LogWatch(client, await keptIn(o.folder), { now: Date.now, ...o });
    } catch (error) {
      await client.end();
      throw error;
    }
    await client.end();
    return null;
  }

  /** Checks a few hundred entries, where any are due: of the newest and of the whole log in turn, so that neither waits for the other to end. */
  async turn(): Promise<WatchTurn> {
    await this.beginWhatIsDue();
    const walk = this.newest !== null && (this.whole === null || this.last !== this.newest) ? this.newest : this.whole;
    this.last = walk;
    const step = walk && (await walk.steps.next());
    const found = step?.done === false ? [...step.value.wrong, ...(await checkEntries(this.client, step.value))] : [];
    const fresh = await this.note(found);
    if (step?.done === false && walk === this.whole) this.kept.round = { begunAt: walk!.begunAt, to: step.value.to };
    if (step?.done) await this.end(walk!);
    if (step) await this.keep();
    const { newestAt, wholeAt } = this.kept;
    return {
      checked: step?.done === false ? step.value.leaves.length : 0,
      underWay: this.newest !== null || this.whole !== null,
      fresh,
      waiting: waiting(await readFound(this.o.folder)),
      newestAt,
      wholeAt,
    };
  }

  /** Takes what was found, here or by the sealer, to the second place and from there to the database. @returns what was not known before */
  async note(found: readonly Mismatch[]): Promise<Mismatch[]> {
    const fresh = await addFound(this.o.folder, found, this.o.now());
    if (fresh.length > 0) await copyFound(this.client, await readFound(this.o.folder));
    return fresh;
  }

  /** Lets go of the lock. */
  async close(): Promise<void> {
    await this.newest?.steps.return(undefined);
    await this.whole?.steps.return(undefined);
    await this.client.end();
  }

  private async beginWhatIsDue(): Promise<void> {
    const { folder, key } = this.o;
    const { round, wholeAt, wholeEntries } = this.kept;
    const every = wholeEntries === 0 ? Math.min(AFTER_NOTHING, this.o.every) : this.o.every;
    const now = this.o.now();
    if (this.newest === null && now - this.triedAt >= every) {
      this.triedAt = now;
      this.newest = { begunAt: now, steps: walkPushed(folder, key, await pushedSince(folder, key, now - AN_HOUR)) };
    }
    if (this.whole !== null) return;
    const begun = round !== null && (await goesOn(folder, round.to)) ? round : null;
    if (begun === null && now - (wholeAt ?? 0) < every) return;
    const begunAt = begun?.begunAt ?? now;
    this.whole = { begunAt, steps: walkPushed(folder, key, begun?.to ?? FROM_THE_FIRST) };
  }

  private async end(walk: Walk): Promise<void> {
    if (walk === this.newest) {
      this.newest = null;
      this.kept.newestAt = walk.begunAt;
    } else {
      this.whole = null;
      const wholeEntries = this.kept.round?.to.size ?? 0;
      Object.assign(this.kept, { wholeAt: walk.begunAt, wholeEntries, round: null });
    }
    await noteChecked(this.client, this.kept);
    // Somebody may have taken it away.
    await copyFound(this.client, await readFound(this.o.folder));
  }

  private async keep(): Promise<void> {
    const file = join(this.o.folder, KEPT_FILE);
    await writeFile(`${file}.new`, JSON.stringify(this.kept), { mode: 0o640 });
    await rename(`${file}.new`, file);
  }
}

/** What does not read as it was written is begun anew. */
async function keptIn(folder: string): Promise<Kept> {
  const fresh = { newestAt: null, wholeAt: null, wholeEntries: null, round: null };
  const text = await readFile(join(folder, KEPT_FILE), 'utf8').catch(() => '{}');
  try {
    return { ...fresh, ...(JSON.parse(text) as Partial<Kept>) };
  } catch {
    return fresh;
  }
}

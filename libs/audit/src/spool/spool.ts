import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSegment } from './spool-record.js';

export interface SpoolState {
  /** Records that wait to be drained, their bytes on disk, and when the oldest of their files was begun (milliseconds since 1970). */
  records: number;
  bytes: number;
  oldestAt: number | null;
  /** Files kept beside because not all of them could be drained, for a person to look at. */
  setAside: Record<Aside, number>;
}

/** `torn`: an end that a crash cut off before it was acknowledged. `damaged`: the whole file; part of it is no records any more. `refused`: the database will not have them, or the key is another. */
export const ASIDE = ['torn', 'damaged', 'refused'] as const;
export type Aside = (typeof ASIDE)[number];

const SEGMENT_BYTES = 16 * 1024 * 1024;
const MOST_BYTES = 1024 * 1024 * 1024;
const DEADLINE_MS = 5_000;
const ATTEMPTS = 100;
const ENDINGS = /\.(spool|draining)$/;

interface Segment {
  path: string;
  name: string;
  handle: FileHandle;
  inode: number;
  bytes: number;
}
interface Waiting {
  record: Buffer;
  done(error?: Error): void;
}

/**
 * A folder of append-only files that takes audit records while the database can't. A record is acknowledged once it is on disk: records that wait
 * meanwhile share the next write and sync. A process appends to files of its own alone and never to one again after an error or a start, so a
 * record that was cut off always stands at the end. Several processes may share a folder: whoever drains takes a file away by its name first, and
 * whoever writes looks, before it acknowledges, whether the file is still there.
 */
export class Spool {
  private readonly counted = new Map<string, { records: number; bytes: number }>();
  private setAside: SpoolState['setAside'] = { torn: 0, damaged: 0, refused: 0 };
  private queue: Waiting[] = [];
  private active: Segment | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private writing = false;

  private constructor(
    private readonly folder: string,
    private readonly mostBytes: number,
  ) {}

  /** Counts what an earlier life left; makes the folder where it is missing. @throws what the file system throws */
  static async open({ folder, mostBytes = MOST_BYTES }: { folder: string; mostBytes?: number }): Promise<Spool> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const spool = new Spool(folder, mostBytes);
    await spool.count();
    return spool;
  }

  get state(): SpoolState {
    const segments = [...this.counted.values()];
    const begun = [...this.counted.keys()].map((name) => Number.parseInt(name, 10)).filter(Number.isFinite);
    return {
      records: segments.reduce((sum, { records }) => sum + records, 0),
      bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
      oldestAt: begun.length === 0 ? null : Math.min(...begun),
      setAside: { ...this.setAside },
    };
  }

  /** Returns once the record is on disk. @throws when it is not known to be: then it must not be counted on */
  append(record: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the spool did not answer within ${DEADLINE_MS} ms`)), DEADLINE_MS);
      this.queue.push({
        record,
        done: (error) => {
          clearTimeout(late);
          if (error === undefined) resolve();
          else reject(error);
        },
      });
      void this.writeAll();
    });
  }

  /** Throws when nothing could be spooled now. */
  async look(): Promise<void> {
    const probe = join(this.folder, `${process.pid}.probe`);
    const handle = await open(probe, 'w', 0o600);
    try {
      await handle.write('.');
      await handle.datasync();
    } finally {
      await handle.close();
      await rm(probe, { force: true });
    }
  }

  /** Files to drain, oldest first. What is appended from now on goes to a new one. */
  async segments(): Promise<string[]> {
    await this.alone(() => this.leaveSegment());
    return (await readdir(this.folder)).filter((name) => ENDINGS.test(name)).sort();
  }

  /** Takes a file away from whoever may still write to it, and reads it. Null where another has drained it meanwhile. */
  async take(name: string): Promise<{ name: string; bytes: Buffer } | null> {
    const taken = name.replace(ENDINGS, '.draining');
    try {
      if (taken !== name) await rename(join(this.folder, name), join(this.folder, taken));
      const counted = this.counted.get(name);
      this.counted.delete(name);
      if (counted) this.counted.set(taken, counted);
      return { name: taken, bytes: await readFile(join(this.folder, taken)) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.counted.delete(name);
      return null;
    }
  }

  /** Lets go of a file whose records are all in the database. */
  async drained(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true });
    await this.syncFolder();
    this.counted.delete(name);
  }

  /** Keeps bytes that can't be drained beside the spool, for a person. */
  async keepAside(name: string, ending: Aside, bytes: Buffer): Promise<void> {
    const handle = await open(join(this.folder, name.replace(ENDINGS, `.${ending}`)), 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await this.syncFolder();
    this.countAside(await readdir(this.folder));
  }

  async close(): Promise<void> {
    await this.alone(() => this.leaveSegment());
  }

  private async count(): Promise<void> {
    const names = await readdir(this.folder);
    this.countAside(names);
    for (const name of names.filter((one) => ENDINGS.test(one))) {
      const bytes = await readFile(join(this.folder, name));
      this.counted.set(name, { records: readSegment(bytes).bodies.length, bytes: bytes.length });
    }
  }

  private countAside(names: readonly string[]): void {
    for (const ending of ASIDE) this.setAside[ending] = names.filter((name) => name.endsWith(`.${ending}`)).length;
  }

  private async writeAll(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    while (this.queue.length > 0) {
      await this.alone(async () => {
        const batch = this.queue.splice(0);
        const records = batch.map(({ record }) => record);
        try {
          await this.writeSomewhere(records);
          for (const { done } of batch) done();
        } catch (error) {
          await this.leaveSegment().catch(() => undefined);
          for (const { done } of batch) done(error as Error);
        }
      });
    }
    this.writing = false;
  }

  /** Taken away between write and sync, a file may have been read too early: then once more, into one of which nobody knows yet. */
  private async writeSomewhere(records: readonly Buffer[]): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) if (await this.write(records)) return;
    throw new Error('the spool’s files are taken away as soon as they are there');
  }

  /** @returns whether the records are on disk, in a file that whoever drains will still find */
  private async write(records: readonly Buffer[]): Promise<boolean> {
    const bytes = Buffer.concat(records);
    if (this.state.bytes + bytes.length > this.mostBytes) throw new Error(`the spool holds ${this.mostBytes} bytes at most`);
    if (this.active && this.active.bytes + bytes.length > SEGMENT_BYTES) await this.leaveSegment();
    const segment = (this.active ??= await this.newSegment());
    await segment.handle.appendFile(bytes);
    await segment.handle.datasync();
    if (!(await isStillThere(segment))) {
      this.counted.delete(segment.name);
      await this.leaveSegment();
      return false;
    }
    segment.bytes += bytes.length;
    const counted = this.counted.get(segment.name) ?? { records: 0, bytes: 0 };
    this.counted.set(segment.name, { records: counted.records + records.length, bytes: counted.bytes + bytes.length });
    return true;
  }

  private async newSegment(): Promise<Segment> {
    const name = `${String(Date.now()).padStart(15, '0')}-${randomBytes(8).toString('hex')}.spool`;
    const path = join(this.folder, name);
    const handle = await open(path, 'ax', 0o600);
    await this.syncFolder();
    return { path, name, handle, inode: (await handle.stat()).ino, bytes: 0 };
  }

  private async leaveSegment(): Promise<void> {
    const segment = this.active;
    this.active = undefined;
    await segment?.handle.close();
  }

  private async syncFolder(): Promise<void> {
    const handle = await open(this.folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** One after the other: a write, or leaving a file. */
  private async alone<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(act, act);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

async function isStillThere({ path, inode }: Segment): Promise<boolean> {
  try {
    return (await stat(path)).ino === inode;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

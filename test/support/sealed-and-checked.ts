import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointPlace, LogWatch, Sealer, SigningKey } from '#lib/audit';
import { eventually } from './eventually.js';

/** A second place for the audit log of a test, and who seals to it and compares the log with it. */
export class SealedAndChecked {
  private readonly key = new SigningKey('test.example/audit', randomBytes(32));

  private constructor(
    private readonly url: string,
    readonly folder: string,
  ) {}

  /** @param url of the audit database, of its owner */
  static async open(url: string): Promise<SealedAndChecked> {
    return new SealedAndChecked(url, await mkdtemp(join(tmpdir(), 'pushed-')));
  }

  /** Seals all that is on record, and compares all of the log. */
  async run(): Promise<void> {
    const { url, key, folder } = this;
    const sealer = await Sealer.open({ url, key, place: await CheckpointPlace.open(folder) });
    await eventually('everything being sealed', async () => (await sealer.turn()).oldestWaiting === null);
    await sealer.close();
    const begun = Date.now();
    const watch = await LogWatch.open({ url, key: key.public, folder, every: 1_000 });
    await eventually('all being checked', async () => {
      const { newestAt, wholeAt } = await watch!.turn();
      return (newestAt ?? 0) >= begun && (wholeAt ?? 0) >= begun;
    });
    await watch!.close();
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

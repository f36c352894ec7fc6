import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { CheckpointPlace, LogWatch, Sealer, SigningKey } from '#lib/audit';
import { eventually } from './eventually.js';

/** A second place for the audit log of a test, who seals to it and compares the log with it, and who may change all of the log: its owner. */
export class SealedAndChecked {
  private readonly key = new SigningKey('test.example/audit', randomBytes(32));

  private constructor(
    private readonly url: string,
    readonly folder: string,
    readonly owner: Client,
  ) {}

  /** @param url of the audit database, of its owner */
  static async open(url: string): Promise<SealedAndChecked> {
    const owner = new Client({ connectionString: url });
    await owner.connect();
    return new SealedAndChecked(url, await mkdtemp(join(tmpdir(), 'pushed-')), owner);
  }

  /** Seals all that is on record, and compares all of the log. */
  async run(): Promise<void> {
    const { url, key, folder } = this;
    const sealer = await Sealer.open({ url, key, place: await CheckpointPlace.open(folder) });
    await eventually('everything being sealed', async () => (await sealer.turn()).oldestWaiting === null);
    await sealer.close();
    await this.check();
  }

  /** Compares all of the log with what was sealed so far. */
  async check(): Promise<void> {
    const { url, key, folder } = this;
    const begun = Date.now();
    const watch = await LogWatch.open({ url, key: key.public, folder, every: 1_000 });
    await eventually('all being checked', async () => {
      const { newestAt, wholeAt } = await watch!.turn();
      return (newestAt ?? 0) >= begun && (wholeAt ?? 0) >= begun;
    });
    await watch!.close();
  }

  async close(): Promise<void> {
    await this.owner.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}

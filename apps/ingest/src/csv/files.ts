import { randomUUID } from 'node:crypto';
import type { Reachable } from '../reachable.js';
import type { Mapping, Table } from '../sources/mapping.js';
import type { Database } from '../state/database.js';
import type { FileContent } from './file-content.js';
import { FileRefusedError } from './file-refused.js';
import type { PreviewFile } from './preview-file.js';
import type { PublishFile } from './publish-file.js';
import type { FileToRead } from './read-file.js';
import type { ReceivedFile } from './received-file.js';
import type { ReceivedFiles } from './received-files.js';
import type { SayHowFar } from './say-how-far.js';

/** What is said of a file that is sent. */
export interface SentFile {
  table: string;
  /** Whether it says everything its table knows, or changes alone. */
  complete: boolean;
  /** Milliseconds since 1970. */
  exportedAt: number;
  /** Of its bytes, as hex, where it is declared. */
  sha256?: string;
  from: string;
  /** What it would do is all that is asked. */
  checkOnly?: boolean;
}

/** What a file must be to count as whole, as whoever confirms it knows it from the source. */
export type Proof = { rows: number } | { sha256: string };

const CLOCK_SKEW_MS = 5 * 60_000;

/** Files of a source, from arrival to the log: received and compared, confirmed, approved by a second person where much would go, published. */
export class Files {
  constructor(
    private readonly received: ReceivedFiles,
    private readonly content: FileContent,
    private readonly previewFile: PreviewFile,
    private readonly publishFile: PublishFile,
    private readonly sayHowFar: SayHowFar,
    private readonly database: Reachable<Database>,
  ) {}

  /** Takes a file in and says what it would do: the dry run. @throws FileRefusedError, RetryableError */
  async receive(mapping: Mapping, sent: SentFile, stream: AsyncIterable<Uint8Array>): Promise<ReceivedFile> {
    const table = tableOf(mapping, sent.table);
    if (!(sent.exportedAt <= Date.now() + CLOCK_SKEW_MS)) throw new FileRefusedError('export-time');
    const exportedAt = sent.exportedAt * 1000;
    await this.received.letGo();
    const id = randomUUID();
    const { sha256, ...whole } = await this.content.take(id, stream);
    const hash = sha256.toString('hex');
    try {
      if (sent.sha256 !== undefined && sent.sha256.toLowerCase() !== hash) throw new FileRefusedError('cut');
      const last = await this.received.lastPublished(mapping.name, sent.table);
      if (!sent.checkOnly && last && exportedAt <= last.exportedAt && hash !== last.sha256)
        throw new FileRefusedError('older-than-published');
      const { preview, problems } = await this.previewFile.of(
        this.toRead(mapping, table, { id, exportedAt, encoding: whole.encoding }),
        sent.complete,
      );
      const state = preview.refusal !== null ? 'refused' : sent.checkOnly ? 'checked' : 'waiting';
      const { from: receivedFrom, complete } = sent;
      const about = { id, source: mapping.name, table: sent.table, complete, exportedAt, sha256: hash, ...whole, receivedFrom };
      const file = await this.received.add({ ...about, state, preview, problems, comparedWith: last?.id ?? null });
      if (state !== 'waiting') await this.content.drop(id);
      return file;
    } catch (error) {
      await this.content.drop(id);
      throw error;
    }
  }

  /** Publishes a file that was received, or lets it wait for a second person. Again after it was broken off, it goes on. @throws FileRefusedError, RetryableError */
  async confirm(mapping: Mapping, id: string, proof: Proof, who: string): Promise<ReceivedFile> {
    const file = await this.find(mapping, id);
    if ('rows' in proof) provenByRows(proof.rows, file.preview.counts.rows);
    else if (proof.sha256.toLowerCase() !== file.sha256) throw new FileRefusedError('cut');
    if (file.state === 'published' || file.state === 'waiting-for-second') return file;
    if (file.state === 'waiting' && file.preview.needsSecond.length > 0) {
      await this.received.move(id, 'waiting', 'waiting-for-second', { confirmedBy: who });
      return this.find(mapping, id);
    }
    if (file.state !== 'waiting' && file.state !== 'publishing') throw new FileRefusedError('not-waiting');
    return this.publish(mapping, file, { confirmedBy: who });
  }

  /** @throws FileRefusedError, RetryableError */
  async approve(mapping: Mapping, id: string, who: string): Promise<ReceivedFile> {
    const file = await this.find(mapping, id);
    if (file.state !== 'waiting-for-second') throw new FileRefusedError('not-waiting');
    if (who === file.confirmedBy || who === file.receivedFrom) throw new FileRefusedError('another-person');
    return this.publish(mapping, file, { approvedBy: who });
  }

  /** @throws FileRefusedError */
  async find(mapping: Mapping, id: string): Promise<ReceivedFile> {
    const file = await this.received.find(mapping.name, id);
    if (!file) throw new FileRefusedError('no-such-file');
    return file;
  }

  private async publish(mapping: Mapping, file: ReceivedFile, who: { confirmedBy?: string; approvedBy?: string }): Promise<ReceivedFile> {
    const ended = await (
      await this.database.get()
    ).alone(mapping.name, async () => {
      const last = await this.received.lastPublished(mapping.name, file.table);
      if (last && last.id !== file.comparedWith && last.id !== file.id) throw new FileRefusedError('compare-again');
      if (!(await this.received.move(file.id, file.state, 'publishing', who))) throw new FileRefusedError('not-waiting');
      const { counts, published } = await this.publishFile.publish(this.toRead(mapping, tableOf(mapping, file.table), file), {
        complete: file.complete,
        resumed: file.state === 'publishing',
        sender: file.receivedFrom,
      });
      const howFar = await this.sayHowFar.after(mapping, file, counts);
      await this.received.finish(file.id, { counts, published, ...howFar });
    });
    if (!ended) throw new FileRefusedError('being-published');
    return this.find(mapping, file.id);
  }

  private toRead(
    mapping: Mapping,
    table: Table,
    { id, exportedAt, encoding }: Pick<ReceivedFile, 'id' | 'exportedAt' | 'encoding'>,
  ): FileToRead {
    return { mapping, table, version: { epoch: mapping.epoch, position: exportedAt }, encoding, bytes: () => this.content.bytes(id) };
  }
}

function provenByRows(said: number, found: number): void {
  if (said === found) return;
  const fix =
    'Check the number, without the header. Where it is right, the file was cut on its way or is another one: export it again, and send it.';
  throw new FileRefusedError('other-rows', `Rows that were said: ${said}. Rows that were found in it: ${found}. ${fix}`);
}

function tableOf(mapping: Mapping, name: string): Table {
  if (!mapping.doors.includes('csv')) throw new FileRefusedError('no-csv-door');
  if (!Object.hasOwn(mapping.tables, name)) throw new FileRefusedError('no-such-table');
  return mapping.tables[name]!;
}

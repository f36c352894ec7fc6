import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Logger, RetryableError } from '#lib/runtime';
import { fileAnswer, problemsAsCsv } from '../http/file-answer.js';
import type { Reachable } from '../reachable.js';
import type { Mapping } from '../sources/mapping.js';
import type { SourcesInUse } from '../sources/sources-in-use.js';
import type { Database } from '../state/database.js';
import { MOST_BYTES } from './file-content.js';
import { FILE_REFUSALS, FileRefusedError } from './file-refused.js';
import type { Files } from './files.js';
import type { ReceivedFile } from './received-file.js';

/** Whoever drops a file: nobody in particular, so that anybody may approve it. */
const FOLDER = 'folder';
const CHANGES = '.changes';

/**
 * Files dropped into `<folder>/<source>/<table>/` (or `<table>.changes/`): taken once their digest stands beside them (`list.csv.sha256`, as sha256sum
 * writes it), confirmed by it, and published. What became of each stands beside it afterwards.
 */
export class WatchedFolder {
  constructor(
    private readonly folder: string,
    private readonly files: Files,
    private readonly sources: SourcesInUse,
    private readonly database: Reachable<Database>,
    private readonly logger: Logger,
  ) {}

  /** Takes whatever is there now, the one exported first first. What can't be taken just now stays for the next look. */
  async look(): Promise<void> {
    for (const mapping of this.sources.all.filter(({ doors }) => doors.includes('csv'))) {
      try {
        // of several ingests that share the folder one looks
        await (await this.database.get()).alone(`folder ${mapping.name}`, () => this.lookFor(mapping));
      } catch (err) {
        this.logger.warn({ code: codeOf(err), source: mapping.name }, 'files in the folder could not be taken');
      }
    }
  }

  private async lookFor(mapping: Mapping): Promise<void> {
    for (const table of Object.keys(mapping.tables)) {
      for (const place of [table, `${table}${CHANGES}`]) {
        const folder = join(this.folder, mapping.name, place);
        for (const name of await wholeFilesIn(folder)) await this.take(mapping, table, { folder, name, complete: place === table });
      }
    }
  }

  private async take(
    mapping: Mapping,
    table: string,
    { folder, name, complete }: { folder: string; name: string; complete: boolean },
  ): Promise<void> {
    const path = join(folder, name);
    try {
      const sha256 = (await readFile(`${path}.sha256`, 'utf8')).trim().slice(0, 64);
      if ((await stat(path)).size > MOST_BYTES) throw new FileRefusedError('too-large');
      const sent = { table, complete, exportedAt: exportedAtIn(name), sha256, from: FOLDER };
      const received = await this.files.receive(mapping, sent, createReadStream(path));
      const file = received.state === 'waiting' ? await this.files.confirm(mapping, received.id, { sha256 }, FOLDER) : received;
      await this.tell(folder, name, file);
    } catch (error) {
      if (error instanceof RetryableError) throw error;
      if (error instanceof FileRefusedError) {
        return leave(folder, 'refused', name, { title: FILE_REFUSALS[error.code][1], detail: error.detail });
      }
      // it stays there, and keeps no other from being taken
      this.logger.error({ source: mapping.name, table, code: codeOf(error) }, 'a file in the folder could not be taken');
    }
  }

  private async tell(folder: string, name: string, file: ReceivedFile): Promise<void> {
    this.logger.info({ source: file.source, table: file.table, state: file.state }, 'a file in the folder was taken');
    const { problems: _, ...answer } = { problems: [], ...fileAnswer(file) };
    await leave(folder, file.state, name, answer, file.problems.length > 0 ? problemsAsCsv(file) : undefined);
  }
}

/** When a file was exported, by its name, in milliseconds since 1970: its own time is that of whoever copied it last. NaN where the name does not say. */
function exportedAtIn(name: string): number {
  const [, day, hour, minute, second = '00'] = /(\d{4}-\d{2}-\d{2})T(\d{2})-?(\d{2})(?:-?(\d{2}))?Z/.exec(name) ?? [];
  const instant = z.iso.datetime().safeParse(`${day}T${hour}:${minute}:${second}Z`);
  // Date.parse makes a day of almost any text
  return instant.success ? Date.parse(instant.data) : Number.NaN;
}

/** Names of files are the source's words, and errors of the file system hold them. */
const codeOf = (error: unknown) => (error as { code?: unknown }).code ?? 'unexpected';

/** CSV files with their digest beside them, the one exported first first. */
async function wholeFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const whole = names.filter((name) => /\.csv$/i.test(name) && names.includes(`${name}.sha256`));
  return whole.sort((a, b) => (exportedAtIn(a) || 0) - (exportedAtIn(b) || 0));
}

/** Leaves a receipt under what became of the file, as the last thing. A refused file goes with it; of any other the content is taken, and not kept here. */
async function leave(folder: string, state: string, name: string, receipt: object, problems?: string): Promise<void> {
  const to = join(folder, state);
  await mkdir(to, { recursive: true });
  if (problems !== undefined) await writeFile(join(to, `${name}.problems.csv`), problems);
  if (state === 'refused') await rename(join(folder, name), join(to, name));
  else await rm(join(folder, name), { force: true });
  await rm(join(folder, `${name}.sha256`), { force: true });
  await writeFile(join(to, `${name}.receipt.json`), `${JSON.stringify(receipt, null, 2)}\n`);
}

import { type FileHandle, open } from 'node:fs/promises';
import { csvCell } from '#lib/audit';
import { WrongUseError } from '../errors.js';
import type { SourceDifference } from './find-differences.js';

/** A file of ids for the source team, which its owner alone can read: ids are about people. */
export class IdsFile {
  private constructor(private readonly file: FileHandle) {}

  /** @throws WrongUseError where there is such a file already, or none can be made */
  static async create(path: string): Promise<IdsFile> {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.write('kind,field,record_id,involvement_id\n');
      return new IdsFile(file);
    } catch (error) {
      throw new WrongUseError(`--out can't make this file (${String((error as NodeJS.ErrnoException).code)}); it must not be there yet.`);
    }
  }

  async write(differences: readonly SourceDifference[]): Promise<void> {
    const lines = differences.map(({ kind, field, recordId, involvementId }) => [kind, field, recordId, involvementId].map(csvCell).join());
    await this.file.write(`${lines.join('\n')}\n`);
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

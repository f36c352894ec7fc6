import type { ExportedEntry } from './exported-entry.js';
import type { LogVerifier } from './log-verifier.js';
import type { LogPart } from './read-log.js';

const KIND = 'involvement-index audit export 1';

/** The lines of an export, each a JSON object: what it is, the log's checkpoints, its entries, and how many there were. */
export async function* exportLines(parts: AsyncIterable<LogPart>, o: { origin: string; exportedAt: number }): AsyncGenerator<string> {
  let entries = 0;
  yield JSON.stringify({ kind: KIND, ...o });
  for await (const part of parts) {
    if ('entry' in part) entries += 1;
    yield JSON.stringify(part);
  }
  yield JSON.stringify({ end: entries });
}

/** Thrown where a file is no export. */
export class NotAnExportError extends Error {
  readonly code = 'not-an-export';
  readonly retriable = false;
  override readonly name = 'NotAnExportError';
}

/**
 * Hands an export to a verifier, line by line. @returns whether the file is whole: what is missing of it the verifier tells, but for entries
 * that waited to be sealed @throws NotAnExportError naming the line
 */
export async function verifyExport(lines: AsyncIterable<string>, verifier: LogVerifier): Promise<{ whole: boolean }> {
  let number = 0;
  let entries = 0;
  let whole = false;
  for await (const line of lines) {
    number += 1;
    const read = parsed(line, number);
    if (number === 1) {
      if (read.kind !== KIND) throw new NotAnExportError('this file is no export of the audit log of this version');
      if (typeof read.exportedAt === 'number') verifier.exportedAt(read.exportedAt);
    } else if (typeof read.note === 'string') verifier.checkpoint(read.note);
    else if (isEntry(read.entry)) {
      entries += 1;
      verifier.entry(read.entry);
    } else if (typeof read.end === 'number') whole = read.end === entries;
    else throw new NotAnExportError(`line ${number} is no part of an export`);
  }
  if (number === 0) throw new NotAnExportError('the file is empty');
  return { whole };
}

function parsed(line: string, number: number): { kind?: unknown; exportedAt?: unknown; note?: unknown; entry?: unknown; end?: unknown } {
  try {
    return JSON.parse(line) as object;
  } catch {
    throw new NotAnExportError(`line ${number} can’t be read`);
  }
}

const isEntry = (entry: unknown): entry is ExportedEntry =>
  typeof entry === 'object' &&
  entry !== null &&
  'fields' in entry &&
  typeof entry.fields === 'object' &&
  entry.fields !== null &&
  'salts' in entry &&
  typeof entry.salts === 'string' &&
  'commitments' in entry &&
  typeof entry.commitments === 'string' &&
  'redacted' in entry &&
  Array.isArray(entry.redacted) &&
  'index' in entry &&
  (entry.index === null || Number.isSafeInteger(entry.index));

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Option, SubCommand } from 'nest-commander';
import { EXPORT_VERB, type ExportedEntry, exportLines, type LogPart, LogVerifier, readLog, signFile, type Verdict } from '#lib/audit';
import { saidOfDatabase } from '../away.js';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';
import { sealSettings } from './audit-settings.js';
import { csvLines } from './csv-lines.js';
import { readPushed } from './read-pushed.js';
import { recordReading } from './record-reading.js';
import { verdictLines } from './verdict-lines.js';

interface ExportOptions extends AnswerOptions {
  out?: string;
  reason?: string;
  unsigned?: boolean;
}

@SubCommand({
  name: 'export',
  description:
    'Writes the whole audit log to a file that is proven elsewhere by "audit verify", with a signature beside it. Signs no log that is not what was sealed.',
})
export class AuditExportVerb extends Verb {
  protected override readonly examples = {
    'audit export --out audit.jsonl --reason "yearly check"': 'entries, salts, checkpoints; and audit.jsonl.sig',
    'audit export --out audit.csv --reason "asked by the officer"': 'a table for people; only its signature proves it',
    'audit export --out evidence.jsonl --unsigned --reason "incident 12"': 'of a log that was changed, as it is; exit code 3',
  };

  async run(_: string[], options: ExportOptions): Promise<void> {
    const { out } = options;
    if (out === undefined || !/\.(jsonl|csv)$/.test(out))
      throw new WrongUseError('Say where to: --out FILE.jsonl, or FILE.csv for a table.');
    if (existsSync(out) || existsSync(`${out}.sig`)) throw new WrongUseError(`${out} is there already, or its signature is.`);
    const reason = reasonOf(options);
    const { auditUrl, auditCheckpointDir, key } = sealSettings();
    const format = out.endsWith('.csv') ? 'csv' : 'jsonl';
    // Before the log is read: what is pushed later can't be in it.
    const pushed = await readPushed(auditCheckpointDir, key.public);
    await recordReading(auditUrl, { verb: EXPORT_VERB, format }, { action: 'exported', reason });
    const verifier = new LogVerifier(key.public, pushed);
    const parts = seenBy(verifier, readLog(auditUrl));
    const lines = format === 'csv' ? csvLines(entriesOf(parts)) : exportLines(parts, { origin: key.name, exportedAt: Date.now() });
    const unproven = `${out}.unproven`;
    try {
      const written = await write(unproven, lines);
      const verdict = verifier.verdict();
      if (!verdict.holds && !options.unsigned) throw new NotDoneError(refusal(verdict, pushed !== null));
      await rename(unproven, out);
      if (verdict.holds && !options.unsigned) await write(`${out}.sig`, [signFile(written.digest, key, Date.now()).trimEnd()]);
      const signature = options.unsigned ? null : `${out}.sig`;
      const said = `${out}: ${written.lines} lines, ${signature === null ? 'unsigned: evidence, and no proof' : `signed in ${signature}`}.`;
      const why = verdict.holds ? [] : verdictLines(verdict, { pushed: pushed !== null, whole: true });
      tell({ file: out, signature, lines: written.lines, holds: verdict.holds }, [said, ...why], options);
      process.exitCode = verdict.holds ? DONE : LOOK_AT_THIS;
    } finally {
      await rm(unproven, { force: true });
    }
  }

  @Option({ flags: '--out <file>', description: 'a new file, ending in .jsonl or .csv; readable by its owner alone' })
  out(file: string): string {
    return file;
  }

  @Option({ flags: '--unsigned', description: 'sign nothing: as evidence, where the log is not what was sealed' })
  unsigned(): boolean {
    return true;
  }

  @Option({ flags: '--reason <why>', description: 'why; goes on record before anything is written' })
  reason(text: string): string {
    return text;
  }
}

/** Every part is compared with what was sealed as it is written. */
async function* seenBy(verifier: LogVerifier, parts: AsyncIterable<LogPart>): AsyncGenerator<LogPart> {
  for await (const part of parts) {
    if ('note' in part) verifier.checkpoint(part.note);
    else verifier.entry(part.entry);
    yield part;
  }
}

async function* entriesOf(parts: AsyncIterable<LogPart>): AsyncGenerator<ExportedEntry> {
  for await (const part of parts) if ('entry' in part) yield part.entry;
}

const refusal = (verdict: Verdict, pushed: boolean): string =>
  [
    'The log is not signed, and no file is written: a signature would vouch for what was changed.',
    ...verdictLines(verdict, { pushed, whole: true }),
    'As evidence, unsigned: --unsigned. See "The audit log is not what was sealed" in deploy/README.md.',
  ].join('\n');

async function write(file: string, lines: AsyncIterable<string> | Iterable<string>): Promise<{ digest: Buffer; lines: number }> {
  const digest = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  let count = 0;
  try {
    for await (const line of lines) {
      digest.update(`${line}\n`);
      await handle.appendFile(`${line}\n`);
      count += 1;
    }
    await handle.sync();
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  } finally {
    await handle.close();
  }
  return { digest: digest.digest(), lines: count };
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Option, SubCommand } from 'nest-commander';
import { EXPORT_VERB, type ExportedEntry, exportLines, readLog, signFile } from '#lib/audit';
import { saidOfDatabase } from '../away.js';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';
import { sealSettings } from './audit-settings.js';
import { csvLines } from './csv-lines.js';
import { recordReading } from './record-reading.js';

interface ExportOptions extends AnswerOptions {
  out?: string;
  reason?: string;
}

@SubCommand({
  name: 'export',
  description: 'Writes the whole audit log to a file that is proven elsewhere by "audit verify", with a signature beside it.',
})
export class AuditExportVerb extends Verb {
  protected override readonly examples = {
    'audit export --out audit.jsonl --reason "yearly check"': 'entries, salts, checkpoints; and audit.jsonl.sig',
    'audit export --out audit.csv --reason "asked by the officer"': 'a table for people; only its signature proves it',
  };

  async run(_: string[], options: ExportOptions): Promise<void> {
    const { out } = options;
    if (out === undefined || !/\.(jsonl|csv)$/.test(out))
      throw new WrongUseError('Say where to: --out FILE.jsonl, or FILE.csv for a table.');
    if (existsSync(out) || existsSync(`${out}.sig`)) throw new WrongUseError(`${out} is there already, or its signature is.`);
    const reason = reasonOf(options);
    const { auditUrl, key } = sealSettings();
    const format = out.endsWith('.csv') ? 'csv' : 'jsonl';
    await recordReading(auditUrl, { verb: EXPORT_VERB, format }, { action: 'exported', reason });
    const lines =
      format === 'csv' ? csvLines(entriesOf(auditUrl)) : exportLines(readLog(auditUrl), { origin: key.name, exportedAt: Date.now() });
    const written = await write(out, lines);
    await write(`${out}.sig`, [signFile(written.digest, key, Date.now()).trimEnd()]);
    tell({ file: out, signature: `${out}.sig`, lines: written.lines }, [`${out}: ${written.lines} lines, signed in ${out}.sig.`], options);
    process.exitCode = DONE;
  }

  @Option({ flags: '--out <file>', description: 'a new file, ending in .jsonl or .csv; readable by its owner alone' })
  out(file: string): string {
    return file;
  }

  @Option({ flags: '--reason <why>', description: 'why; goes on record before anything is written' })
  reason(text: string): string {
    return text;
  }
}

async function* entriesOf(url: string): AsyncGenerator<ExportedEntry> {
  for await (const part of readLog(url)) if ('entry' in part) yield part.entry;
}

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

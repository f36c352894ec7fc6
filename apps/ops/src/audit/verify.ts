import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Option, SubCommand } from 'nest-commander';
import { LogVerifier, NOT_COMMITTED, openFileSignature, PUSHED_FILE, readLog, type Verdict, verifyExport, VerifyingKey } from '#lib/audit';
import { saidOfDatabase } from '../away.js';
import { WrongUseError } from '../errors.js';
import { DONE, FAILED, LOOK_AT_THIS } from '../exit-codes.js';
import { instantWords, tell } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';
import { sealSettings } from './audit-settings.js';
import { linesOf, readPushed, readPushedFile } from './read-pushed.js';
import { recordReading } from './record-reading.js';
import { verdictLines } from './verdict-lines.js';

interface VerifyOptions extends AnswerOptions {
  export?: string;
  checkpoints?: string;
  key?: string;
  signature?: string;
}

@SubCommand({
  name: 'verify',
  description:
    'Proves that the audit log is what was sealed and signed, or names the first bad index. Exit code 3 when it is not, 1 when nothing signed was found to prove it by.',
})
export class AuditVerifyVerb extends Verb {
  protected override readonly examples = {
    'audit verify': 'the database against the checkpoints at the second place',
    'audit verify --export audit.jsonl --checkpoints checkpoints.jsonl --key log.key': 'offline: needs no database and no settings',
    'audit verify --export audit.csv --key log.key': 'a table has no proof of its own: only its signature is looked at',
  };

  async run(_: string[], options: VerifyOptions): Promise<void> {
    process.exitCode = options.export === undefined ? await verifyDatabase(options) : await verifyFile(options.export, options);
  }

  @Option({ flags: '--export <file>', description: 'made by "audit export", with its signature beside it; offline' })
  export(file: string): string {
    return existing('--export', file);
  }

  @Option({ flags: '--checkpoints <file>', description: `${PUSHED_FILE} from the second place (AUDIT_CHECKPOINT_DIR)` })
  checkpoints(file: string): string {
    return existing('--checkpoints', file);
  }

  @Option({ flags: '--key <key or file>', description: 'the public key, as "audit key" shows it, or a file that holds it' })
  key(text: string): string {
    return existsSync(text) ? readFileSync(text, 'utf8') : text;
  }

  @Option({ flags: '--signature <file>', description: 'of the export (its name and .sig unless said)' })
  signature(file: string): string {
    return existing('--signature', file);
  }
}

async function verifyDatabase(options: VerifyOptions): Promise<number> {
  const { auditUrl, auditCheckpointDir, key: own } = sealSettings();
  const key = options.key === undefined ? own.public : readKey(options.key);
  const given = options.checkpoints;
  const pushed = given === undefined ? await readPushed(auditCheckpointDir, key) : await readPushedFile(given, key);
  await recordReading(auditUrl, { verb: 'audit verify' });
  const verifier = new LogVerifier(key, pushed);
  try {
    for await (const part of readLog(auditUrl)) {
      if ('note' in part) verifier.checkpoint(part.note);
      else verifier.entry(part.entry);
    }
  } catch (error) {
    throw saidOfDatabase('the audit store', error);
  }
  return told(verifier.verdict(), { pushed: pushed !== null, whole: true }, options);
}

async function verifyFile(file: string, options: VerifyOptions): Promise<number> {
  if (options.key === undefined) throw new WrongUseError('Say which key: --key. The one inside the export proves nothing.');
  const key = readKey(options.key);
  const signature = await signatureOf(file, options, key);
  if (file.endsWith('.csv')) {
    if (signature === null)
      throw new WrongUseError('A table is proven by its signature alone: say --signature, or put it beside the file.');
    tell({ holds: signature.holds, signature }, [signature.says], options);
    return signature.holds ? DONE : LOOK_AT_THIS;
  }
  const pushed = options.checkpoints === undefined ? null : await readPushedFile(options.checkpoints, key);
  const verifier = new LogVerifier(key, pushed);
  const { whole } = await verifyExport(linesOf(file), verifier);
  return told(verifier.verdict(), { pushed: pushed !== null, whole, signature }, options);
}

type Signature = { holds: boolean; says: string } | null;

function told(verdict: Verdict, o: { pushed: boolean; whole: boolean; signature?: Signature }, options: AnswerOptions): number {
  const signature = o.signature ?? null;
  const holds = verdict.holds && o.whole && (signature?.holds ?? true);
  tell(
    { ...verdict, holds, whole: o.whole, signature, notProved: NOT_COMMITTED },
    [...verdictLines(verdict, o), ...(signature ? [signature.says] : [])],
    options,
  );
  if (holds) return DONE;
  const nothingFound = verdict.first === null && o.whole && (signature?.holds ?? true);
  return verdict.unproven && nothingFound ? FAILED : LOOK_AT_THIS;
}

async function signatureOf(file: string, options: VerifyOptions, key: VerifyingKey): Promise<Signature> {
  const beside = options.signature ?? `${file}.sig`;
  if (!existsSync(beside)) return null;
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  const opened = openFileSignature(readFileSync(beside, 'utf8'), digest.digest(), key);
  if (!opened) return { holds: false, says: '✗ The signature is not of this file, or not by this key.' };
  return { holds: true, says: `✓ The file is as it was signed${opened.signedAt === null ? '' : ` at ${instantWords(opened.signedAt)}`}.` };
}

function readKey(text: string): VerifyingKey {
  try {
    return VerifyingKey.read(text);
  } catch (error) {
    throw new WrongUseError(`--key: ${(error as Error).message}.`);
  }
}

function existing(flag: string, file: string): string {
  if (existsSync(file)) return file;
  throw new WrongUseError(`${flag}: there is no file ${file}.`);
}

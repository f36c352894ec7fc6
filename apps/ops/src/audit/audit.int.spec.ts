import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { AuditLog, readAudit } from '#lib/audit';
import { Client } from 'pg';
import { eventually } from '../../../../test/support/eventually.js';
import { ops } from '../../../../test/support/ops.js';
import { NOWHERE, OwnAudit } from '../../../../test/support/own-audit.js';

const WHY = ['--reason', 'a test'];
let audit: OwnAudit;
let env: Record<string, string>;
let owner: Client;
let pushed: string;
let key: string;
beforeEach(async () => {
  audit = await OwnAudit.open();
  ({ env, pushed } = audit);
  owner = new Client({ connectionString: audit.url });
  await owner.connect();
  for (let at = 0; at < 12; at += 1) await audit.record({ at, reader: `reader.${at}`, reason: '=SUM(A1)' });
  await sealed(12);
  key = audit.file('log.key');
  await writeFile(key, (await ops(env, 'audit', 'key')).text);
});
afterEach(async () => {
  await owner?.end();
  await audit?.close();
});

const sealed = (size: number) =>
  eventually(
    `${size} sealed`,
    async () => (JSON.parse((await ops(env, 'seal', '--once', '--json')).text) as { size: number }).size >= size,
  );
const file = (name: string) => audit.file(name);
async function exported(): Promise<string> {
  const out = file(`${randomUUID()}.jsonl`);
  expect(await ops(env, 'audit', 'export', '--out', out, ...WHY)).toMatchObject({ code: 0 });
  return out;
}
/** Of a log that is not what was sealed: nothing signs that. */
async function evidence(): Promise<string> {
  const out = file(`${randomUUID()}.jsonl`);
  expect(await ops(env, 'audit', 'export', '--out', out, '--unsigned', ...WHY)).toMatchObject({ code: 3 });
  return out;
}
const offline = (out: string) => ops(NOWHERE, 'audit', 'verify', '--export', out, '--checkpoints', pushed, '--key', key);

describe('The audit log, verified', () => {
  it('is not proved to have come by the one sink or the other, and says so', async () => {
    await owner.query(`UPDATE audit.entry SET sink = 'spool', drained_at = 1`);
    const { code, text } = await ops(env, 'audit', 'verify');
    expect([code, text]).toEqual([0, expect.stringContaining('Not proved of any entry: which sink took it')]);
    expect(JSON.parse((await ops(env, 'audit', 'verify', '--json')).text)).toMatchObject({ notProved: ['sink', 'drainedAt'] });
  });

  it('holds as it was sealed, in the database and offline, and says how much could vanish unseen', async () => {
    const here = await ops(env, 'audit', 'verify');
    expect([here.code, here.text]).toEqual([
      0,
      expect.stringContaining('✓ The log is what was sealed and signed: 12 entries, 1 more wait'),
    ]);
    expect(here.text).toMatch(/newest pushed checkpoint \(of 20\S+Z\) covers 12 entries, 0 stand above it\..*at most 60 seconds/);
    const out = await exported();
    const there = await offline(out);
    expect([there.failure, there.code]).toEqual(['', 0]);
    expect(there.text).toContain('✓ The log is what was sealed and signed: 12 entries');
    expect(there.text).toMatch(/✓ The file is as it was signed at 20/);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(await readAudit(env.AUDIT_URL!, { last: 2 })).toMatchObject([
      { action: 'read-audit', role: 'operations' },
      { action: 'exported', reason: 'a test', shown: { verb: 'audit export', format: 'jsonl' } },
    ]);
  });

  it('names the row that a database administrator has edited', async () => {
    await owner.query(`UPDATE audit.entry SET reader = 'somebody.else' WHERE reader = 'reader.7'`);
    const here = await ops(env, 'audit', 'verify');
    expect([here.code, here.text]).toEqual([
      3,
      expect.stringMatching(/✗ .* First bad index: 7\.\n {2}7 \(edit\): not what was sealed: reader/),
    ]);
    expect(here.text).not.toContain('somebody.else');
    expect(await offline(await evidence())).toMatchObject({ code: 3, text: expect.stringContaining('First bad index: 7.') });
  });

  it('names the row also where everything in the database was made to fit, by what is at the second place', async () => {
    const { rows } = await owner.query(`SELECT id FROM audit.entry WHERE reader = 'reader.4'`);
    await owner.query(`
      DELETE FROM audit.entry WHERE reader = 'reader.4';
      DELETE FROM audit.sealed WHERE index = 4;
      UPDATE audit.sealed SET index = index - 1 WHERE index > 4;
      DELETE FROM audit.checkpoint`);
    expect(rows).toHaveLength(1);
    expect(await offline(await evidence())).toMatchObject({
      code: 3,
      text: expect.stringMatching(/First bad index: 4\.\n {2}4 \(deletion\)/),
    });
  });

  it('names where the tail was cut', async () => {
    await owner.query(`
      DELETE FROM audit.entry WHERE seq IN (SELECT seq FROM audit.sealed WHERE index >= 9);
      DELETE FROM audit.sealed WHERE index >= 9; DELETE FROM audit.checkpoint`);
    expect(await offline(await evidence())).toMatchObject({
      code: 3,
      text: expect.stringMatching(/First bad index: 9.*\n.*tail-cut\): 3 entries are missing/),
    });
    const refused = await ops(env, 'seal', '--once');
    expect([refused.code, refused.failure]).toEqual([1, expect.stringContaining('12 were pushed: leaf 9 is missing')]);
  });

  it('sees a change to the exported file, a line taken out of it, and its end cut off', async () => {
    const out = await exported();
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
    const at = lines.findIndex((line) => line.includes('"index":5'));
    const tampered = {
      edited: lines.with(at, lines[at]!.replace('reader.5', 'reader.6')),
      shorter: lines.toSpliced(at, 1),
      cut: lines.slice(0, at),
    };
    for (const [how, changed] of Object.entries(tampered)) {
      await writeFile(out, `${changed.join('\n')}\n`);
      const { code, text } = await offline(out);
      expect([how, code]).toEqual([how, 3]);
      expect(text).toContain('First bad index: 5');
      expect(text).toContain('✗ The signature is not of this file');
    }
    await writeFile(out, 'something else\n');
    expect(await offline(out)).toMatchObject({ code: 1, failure: expect.stringContaining('line 1 can’t be read') });
  });

  it('is told that it has only the log’s own word without the second place, and that a key is needed', async () => {
    const out = await exported();
    const { code, text } = await ops(NOWHERE, 'audit', 'verify', '--export', out, '--key', await readFile(key, 'utf8'));
    expect([code, text]).toEqual([0, expect.stringContaining('log’s own checkpoints alone')]);
    expect(await ops(NOWHERE, 'audit', 'verify', '--export', out)).toMatchObject({ code: 1, failure: expect.stringContaining('--key') });
    expect(await ops(NOWHERE, 'audit', 'verify', '--export', out, '--key', 'nonsense')).toMatchObject({ code: 1 });
  });
});

describe('A redacted entry', () => {
  it('keeps its proof, is told, and says on record who took what out and why', async () => {
    const { rows } = await owner.query<{ id: string }>(`SELECT id FROM audit.entry WHERE reader = 'reader.3'`);
    const { id } = rows[0]!;
    const which = ['--entry', id, '--fields', 'reader,reason'];
    expect(await ops(env, 'audit', 'redact', ...which, '--dry-run')).toMatchObject({
      code: 0,
      text: expect.stringContaining('would be: reader, reason'),
    });
    expect(await ops(env, 'audit', 'redact', ...which)).toMatchObject({ code: 1, failure: expect.stringContaining('Say why') });
    expect(await ops(env, 'audit', 'redact', ...which, ...WHY)).toMatchObject({ code: 0 });
    const after = await owner.query(`SELECT reader, reason, redacted FROM audit.entry WHERE id = $1`, [id]);
    expect(after.rows).toEqual([{ reader: null, reason: null, redacted: ['reader', 'reason'] }]);
    const verified = await ops(env, 'audit', 'verify');
    expect([verified.code, verified.text]).toEqual([0, expect.stringContaining('2 fields of 1 entries are redacted')]);
    expect(await offline(await exported())).toMatchObject({ code: 0, text: expect.stringContaining('2 fields of 1 entries are redacted') });
    const record = await owner.query<{ id: string }>(
      `SELECT id FROM audit.entry WHERE action = 'operated' AND shown->>'verb' = 'audit redact' AND reason = 'a test'`,
    );
    expect(record.rows).toHaveLength(1);
    const again = await ops(env, 'audit', 'redact', '--entry', record.rows[0]!.id, '--fields', 'reason', ...WHY);
    expect([again.code, again.failure]).toEqual([1, expect.stringContaining('records a redaction')]);
  });

  it('that nobody put on record is named', async () => {
    await owner.query(
      `UPDATE audit.entry SET reader = NULL, redacted = '{reader}', salts = overlay(salts PLACING '\\x00000000000000000000000000000000' FROM 65) WHERE reader = 'reader.2'`,
    );
    const { code, text } = await ops(env, 'audit', 'verify');
    expect([code, text]).toEqual([3, expect.stringContaining('2 (redacted-unrecorded): taken out without a record: reader')]);
  });
});

describe('The verbs of the audit', () => {
  it('list as before, and say which place each entry has in the seal', async () => {
    const { text, code } = await ops(env, 'audit', '--last', '2', '--reader', 'reader.11', '--json');
    expect([code, JSON.parse(text)]).toEqual([0, [expect.objectContaining({ reader: 'reader.11', index: 11, redacted: [] })]]);
    expect((await ops(env, 'audit', 'list', '--reader', 'reader.1')).text).toContain('viewed-person');
  });

  it.each(['list', 'verify', 'acknowledge', 'export', 'redact', 'drain', 'key'])('%s explains itself', async (verb) => {
    const { text, code } = await ops({}, 'audit', verb, '--help');
    expect(code).toBe(0);
    expect(text).toContain(`Usage: npm run ops -- audit ${verb} [options]`);
    expect(text).toContain('--json');
    expect(text).toMatch(new RegExp(`Examples:\n  npm run ops -- audit ${verb}`));
    expect((await ops({}, 'audit', '--help')).text).toMatch(new RegExp(`^  ${verb} .*\\S`, 'm'));
    expect(await ops({}, 'audit', verb, '--frobnicate')).toMatchObject({
      code: 1,
      failure: expect.stringContaining("unknown option '--frobnicate'"),
    });
  });

  it('export a table that no spreadsheet reckons with, proven by its signature', async () => {
    const out = file('audit.csv');
    expect(await ops(env, 'audit', 'export', '--out', out, ...WHY)).toMatchObject({ code: 0 });
    const csv = await readFile(out, 'utf8');
    expect(csv.split('\n')[1]).toMatch(/^0,\S+,1970-01-01T00:00:00.000Z,reader\.0,.*,'=SUM\(A1\),/);
    const verify = () => ops(NOWHERE, 'audit', 'verify', '--export', out, '--key', key);
    expect(await verify()).toMatchObject({ code: 0, text: expect.stringContaining('✓ The file is as it was signed') });
    await writeFile(out, csv.replace('reader.0', 'reader.9'));
    expect(await verify()).toMatchObject({ code: 3, text: expect.stringContaining('✗') });
    expect(await ops(env, 'audit', 'export', '--out', out, ...WHY)).toMatchObject({
      code: 1,
      failure: expect.stringContaining('is there already'),
    });
  });

  it('drain the spool of a query service that is gone, once', async () => {
    const termsKey = randomBytes(32);
    const spool = file('spool');
    const gone = await AuditLog.open({ url: NOWHERE.AUDIT_URL, termsKey, spoolFolder: spool });
    for (const requestId of ['one', 'two'])
      await gone.record([{ at: 1, action: 'viewed-person', outcome: 'done', requestId, reader: 'spooled' }]);
    await gone.close();
    const keyed = { ...env, AUDIT_TERMS_KEY: termsKey.toString('base64') };
    expect(await ops(keyed, 'audit', 'drain', '--spool', spool, '--dry-run')).toMatchObject({ text: expect.stringContaining('2 records') });
    expect(await ops(keyed, 'audit', 'drain', '--spool', spool, ...WHY)).toMatchObject({
      code: 0,
      text: '2 records are in the database now.',
    });
    expect(await ops(keyed, 'audit', 'drain', '--spool', spool, ...WHY)).toMatchObject({
      code: 0,
      text: '0 records are in the database now.',
    });
    expect((await readAudit(env.AUDIT_URL!, { reader: 'spooled' })).map(({ requestId }) => requestId)).toEqual(['one', 'two']);
  });

  it('refuse to seal in production with the key of development, or without a second place', async () => {
    const { ENVIRONMENT_FILE, AUDIT_URL } = env as { ENVIRONMENT_FILE: string; AUDIT_URL: string };
    const production = { ENVIRONMENT_FILE, AUDIT_URL, NODE_ENV: 'production' };
    const { code, failure } = await ops(production, 'seal', '--once');
    expect(code).toBe(1);
    for (const name of ['AUDIT_SIGNING_KEY', 'AUDIT_LOG_NAME', 'AUDIT_CHECKPOINT_DIR']) expect(failure).toContain(`${name} is not set`);
    const seed = Buffer.from('development audit signing key ..').toString('base64');
    const defaulted = { ...production, AUDIT_SIGNING_KEY: seed, AUDIT_LOG_NAME: 'a/b', AUDIT_CHECKPOINT_DIR: audit.file('elsewhere') };
    expect((await ops(defaulted, 'seal', '--once')).failure).toContain('AUDIT_SIGNING_KEY is the development default');
  });
});

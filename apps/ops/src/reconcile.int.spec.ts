import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceEvent } from '#lib/events';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { ops } from '../../../test/support/ops.js';
import { startFolding } from '../../../test/support/projectors.js';
import { SealedLog } from '../../../test/support/sealed-log.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let folding: Running | undefined;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  folding = await startFolding(env);
  await log.publish([
    ...['1', '2'].map((recordId) =>
      event('PersonRecorded', { recordId, names: [{ family: 'Baker', given: ['Thomas'], kind: 'current' }] }),
    ),
    event('InvolvementOpened', { recordId: '1', involvementId: 'same', service: 'school', openedOn: '2026-01-05' }),
    event('InvolvementOpened', { recordId: '1', involvementId: 'closed at the source', service: 'school', openedOn: '2026-01-05' }),
    event('InvolvementOpened', { recordId: '2', involvementId: 'of another child', service: 'school' }),
    event('InvolvementOpened', { recordId: '2', involvementId: 'only here', service: 'school' }),
    event('InvolvementOpened', { recordId: '2', involvementId: 'retracted', service: 'school' }),
    event('InvolvementRetracted', { recordId: '2', involvementId: 'retracted' }, 2),
    event('InvolvementOpened', { recordId: '2', involvementId: 'of another source', service: 'police', source: 'niche' }),
  ]);
  await eventually('all being folded', async () => (await pool.query('SELECT FROM read_1.involvement')).rows.length === 6, {
    within: 20_000,
  });
});
afterAll(async () => {
  await folding?.stop();
  await log.close();
  await pool.end();
});

function event(type: string, fields: object, position = 1): SourceEvent {
  const versioned = { source: 'synergy', sourceVersion: { epoch: 0, position }, occurredAt: '2026-05-01T09:00:00Z' };
  return SourceEvent.parse({ type, ...versioned, ...fields });
}

const folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
const HEADER = 'record_id,involvement_id,service,status,opened_on,closed_on';
let files = 0;
function extract(...rows: string[]): string {
  const file = join(folder, `${(files += 1)}.csv`);
  writeFileSync(file, `\uFEFF${[HEADER, ...rows].join('\r\n')}\r\n`);
  return file;
}
const reconcile = (file: string, ...more: string[]) => ops(env, 'reconcile', '--source', 'synergy', '--extract', file, ...more);
const missing = async () =>
  (await pool.query('SELECT kind, field, gone_at IS NOT NULL AS gone FROM control.missing_event ORDER BY kind, field')).rows;
const why = ['--reason', 'weekly'];

const AGREES = ['1,same,school,open,2026-01-05,', '2,only here,school,open,,'];
const DIFFERS = [
  '1,same,school,open,2026-01-05,',
  '1,closed at the source,school,closed,2026-01-05,2026-04-01',
  '1,of another child,school,open,,',
];

describe('A source’s own extract', () => {
  it('is compared with the index; what differs is a missing event, told by digests, and ids go to a file of the source team alone', async () => {
    const file = extract(...DIFFERS, '"2","only, ""there""",early-help,closed,,2026-03-01');
    const dry = await reconcile(file, '--dry-run', '--json');
    expect([dry.code, JSON.parse(dry.text)]).toEqual([3, expect.objectContaining({ rows: 4, differences: 4, dryRun: true })]);
    expect(await missing()).toEqual([]);

    const out = join(folder, 'ids.csv');
    const { code, text } = await reconcile(file, ...why, '--out', out);
    expect(code).toBe(3);
    expect(text).toContain('4 differences');
    expect(text).toMatch(/^[0-9a-f]{12} +differs +status$/m);
    expect(text).not.toMatch(/closed at|of another|only, /);
    expect(readFileSync(out, 'utf8').trim().split('\n').sort()).toEqual([
      'differs,record_id,1,of another child',
      'differs,status,1,closed at the source',
      'kind,field,record_id,involvement_id',
      'only-here,,2,only here',
      'only-there,,2,"only, ""there"""',
    ]);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect((await reconcile(file, ...why, '--out', out)).failure).toContain('must not be there yet');
    expect(await missing()).toEqual([
      { kind: 'differs', field: 'record_id', gone: false },
      { kind: 'differs', field: 'status', gone: false },
      { kind: 'only-here', field: '', gone: false },
      { kind: 'only-there', field: '', gone: false },
    ]);
    expect((await ops(env, 'differences')).text).toMatch(/synergy +only-there +1/);
  });

  it('makes a missing event go away once both agree, and come back when they do not', async () => {
    await log.publish([
      event('InvolvementClosed', { recordId: '1', involvementId: 'closed at the source', closedOn: '2026-04-01' }, 2),
      event('InvolvementUpdated', { recordId: '1', involvementId: 'of another child', service: 'school' }, 2),
    ]);
    const closed = `SELECT FROM read_1.involvement WHERE status = 'closed'`;
    await eventually('the closing', async () => (await pool.query(closed)).rows.length === 1);
    const agreed = await reconcile(extract(...DIFFERS, AGREES[1]!), ...why);
    expect([agreed.code, agreed.text]).toEqual([0, expect.stringMatching(/: 0 differences\.\n4 recorded before are gone\./)]);
    expect((await missing()).every(({ gone }) => gone as boolean)).toBe(true);
    expect((await ops(env, 'differences')).code).toBe(0);
    await reconcile(extract(...DIFFERS), ...why);
    expect((await missing()).filter(({ gone }) => !(gone as boolean))).toEqual([{ kind: 'only-here', field: '', gone: false }]);
  });

  it('with mistakes is refused, with all of them at once and none of its values', async () => {
    const before = await missing();
    const file = extract('1,a,school,open,2026-02-30,', '1,a,prison,opened,,', '1,a,school,open,,2026-01-01', ',b,school,open,,', '1,2');
    const { code, text, failure } = await reconcile(file, ...why);
    expect(code).toBe(1);
    expect(text.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2).join(' '))).toEqual([
      'row column',
      '2 opened_on',
      '3 service',
      '3 status',
      '4 closed_on',
      '5 record_id',
      '6 (row)',
    ]);
    expect(text).not.toContain('prison');
    expect(failure).toContain('6 problems. Nothing was compared or recorded.');
    expect((await reconcile(extract('1,a,school,open,,', '2,a,school,open,,'), ...why)).text).toMatch(
      /^3 +involvement_id +another one than in row 2$/m,
    );
    const headless = join(folder, 'headless.csv');
    writeFileSync(headless, 'record_id,service\n1,school\n');
    expect((await reconcile(headless, ...why)).text.split('\n')).toHaveLength(5);
    expect(await missing()).toEqual(before);
  });
});

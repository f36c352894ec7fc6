import { Writable } from 'node:stream';
import { pino } from 'pino';
import { appEnv } from '../../../../test/support/app-env.js';
import { HOSTILE, MARK } from '../../../../test/support/hostile.js';
import { FileDoor } from '../../../../test/support/post-file.js';
import { HEADER } from '../../../../test/support/stored-files.js';
import type { Running } from '#lib/runtime';
import { startIngest } from '../start.js';

let ingest: Running;
let logged = '';
beforeAll(async () => {
  const logger = pino({ level: 'trace' }, new Writable({ write: (chunk, _, done) => ((logged += String(chunk)), done()) }));
  ingest = await startIngest(await appEnv(), logger);
});
afterAll(() => ingest?.stop());

const COLUMNS = HEADER.split(',');
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
/** A row for every hostile text in every column; its own id, but for the texts that stand in the place of one. */
const ROWS = COLUMNS.flatMap((hostile) =>
  HOSTILE.map((text, n) => {
    const good: Record<string, string> = {
      'EH number': `EH-${hostile}-${n}`.replaceAll(/[^\w-]/g, ''),
      Episode: '1',
      Name: 'Baker, Ash',
      DOB: '14/05/2012',
      'M/F': 'F',
      'Date opened': '20/02/2025',
    };
    return COLUMNS.map((column) => quoted(column === hostile ? text : (good[column] ?? ''))).join(',');
  }),
);

describe('A file with every hostile text in every column', () => {
  it('loses no row: each is published, or refused with a reason, and no value comes back or is logged', async () => {
    const door = new FileDoor(ingest.url, 'cluster-lists');
    const answer = await door.post({ table: 'episodes', exportedAt: '2026-11-20T01:00:00Z', rows: 'all' }, [HEADER, ...ROWS].join('\r\n'));
    const text = await answer.text();
    expect([answer.status, text.includes(MARK)]).toEqual([201, false]);
    const { id, preview } = JSON.parse(text) as {
      id: string;
      preview: { refusal: unknown; problems: number; counts: Record<string, number> };
    };
    const counts = preview.counts as Record<'rows' | 'skipped' | 'unreadable' | 'facts' | 'new' | 'refused' | 'repeated', number>;
    expect(preview.refusal).toBeNull();
    expect(counts.rows).toBe(ROWS.length);
    // a person and an involvement in each
    expect(counts.facts).toBe(2 * (counts.rows - counts.unreadable - counts.skipped));
    expect(counts.facts).toBe(counts.new + counts.refused + counts.repeated);
    expect(preview.problems).toBeGreaterThanOrEqual(counts.refused / 2);
    const confirmed = await door.confirm(id, { rows: ROWS.length });
    const receipt = await confirmed.text();
    expect([confirmed.status, receipt.includes(MARK)]).toEqual([200, false]);
    expect(JSON.parse(receipt)).toMatchObject({ state: 'published', receipt: { counts: { facts: counts.facts } } });
    expect(await (await door.get(`/${id}/problems.csv`)).text()).not.toContain(MARK);
    expect(logged).not.toContain(MARK);
  });
});

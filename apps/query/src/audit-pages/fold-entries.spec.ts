import type { AuditRow } from '#lib/audit';
import { loadAuthority } from '../authority.js';
import { lineShown } from './entry-shown.js';
import { foundInLog } from './found-in-log.js';
import { foldedLines, pageOf } from './fold-entries.js';

const authority = loadAuthority('deploy/authority/northbridge.json');
let seq = 0;
const row = (requestId: string, changed: Partial<AuditRow> = {}) => {
  seq += 1;
  const listed = { action: 'shown-in-results', outcome: 'done', shown: { list: 'caseload' }, person: `person-${seq}` };
  const given = { role: null, team: null, reason: null, reference: null, freshness: null, redacted: [], reasonFollowed: null };
  return { id: `entry-${seq}`, seq, at: 0, requestId, reader: 'amara.okafor', ...listed, ...given, ...changed } as unknown as AuditRow;
};
const opened = (requestId: string) => row(requestId, { action: 'viewed-person', shown: null });
const caseload = (requestId: string, people: number) => [
  ...Array.from({ length: people }, () => row(requestId)),
  row(requestId, { person: null, shown: { list: 'caseload', own: people } }),
];

describe('The lines of a list', () => {
  it('are one for all whom one look at a caseload, or one search, listed; what was opened stands for itself', () => {
    const rows = [opened('a'), ...caseload('b', 30), opened('c'), opened('c'), row('d', { shown: null }), row('d', { shown: null })];
    expect(foldedLines(rows).map(({ length }) => length)).toEqual([1, 31, 1, 1, 2]);
    expect(foldedLines([...caseload('b', 2), ...caseload('e', 2)])).toHaveLength(2);
    expect(foldedLines([row('f', { shown: { page: 'family' } }), row('f', { shown: { page: 'family' } })])).toHaveLength(2);
  });

  it('tell how many, each with their own entry, and what counted them', () => {
    const rows = caseload('b', 3);
    const [line] = foldedLines(rows);
    const shown = lineShown(line!, authority, foundInLog(null, 0));
    expect(shown).toMatchObject({
      id: rows[3]!.id,
      person: null,
      action: 'Was shown people in “My caseload”',
      shown: 'on the caseload: 3',
    });
    expect(shown.people.map(({ entry }) => entry)).toEqual(rows.slice(0, 3).map(({ id }) => id));
    expect(lineShown([rows[0]!], authority, foundInLog(null, 0))).toMatchObject({ people: [], person: { id: rows[0]!.person } });
  });

  it('say that one of those listed is not what was recorded, before the list is opened too', () => {
    const rows = caseload('b', 3);
    const log = { ...foundInLog(null, 0), wrongWith: ({ id }: { id: string }) => (id === rows[1]!.id ? 'not what was sealed' : null) };
    const shown = lineShown(foldedLines(rows)[0]!, authority, log);
    expect(shown.foundWrong).toBe('not what was sealed');
    expect(shown.people.map(({ foundWrong }) => foundWrong)).toEqual([null, 'not what was sealed', null]);
  });

  it('are whole: a line that may go on behind what was read begins the next page', () => {
    const rows = [opened('a'), ...caseload('b', 3)];
    expect(pageOf(rows, { lines: 50, cut: false })).toMatchObject({ lines: { length: 2 }, more: false });
    expect(pageOf(rows, { lines: 50, cut: true })).toMatchObject({ lines: { length: 1 }, more: true });
    expect(pageOf(rows, { lines: 1, cut: false })).toMatchObject({ lines: { length: 1 }, more: true });
    expect(pageOf(caseload('b', 3), { lines: 50, cut: true })).toMatchObject({ lines: { length: 1 }, more: true });
  });
});

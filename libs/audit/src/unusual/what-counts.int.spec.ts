/** What each rule counts, and what it does not: one look more or less is the difference between a finding and none. */
import { randomUUID } from 'node:crypto';
import { AuditedLooks, look, looks } from '../../../../test/support/audited-looks.js';
import type { AuditAction, AuditEntry } from '../audit-entry.js';
import type { Unusual, UnusualRule } from './unusual-use.js';

let audit: AuditedLooks;
beforeEach(async () => {
  audit = await AuditedLooks.open();
});
afterEach(() => audit?.close());

const byRule = (all: Unusual[], wanted: UnusualRule) => all.filter(({ rule }) => rule === wanted);
const NOON = '2026-11-18T12:00';
const days = (...of: string[]) => of.map((day) => `2026-11-${day}T12:00`);

describe('Somebody is opened', () => {
  const opening: AuditAction[] = ['viewed-person', 'opened-panel', 'viewed-contacts', 'viewed-timeline', 'reviewed-match', 'printed', 'overridden']; // prettier-ignore

  it.each(opening)('by what is recorded as %s', async (action) => {
    const all = await audit.found([look('2026-11-18T23:00', { action })]);
    expect(byRule(all, 'outOfHours')).toMatchObject([{ reader: 'leah.morgan', counts: { looks: 1, people: 1 } }]);
  });

  it.each<[string, Partial<AuditEntry>]>([
    ['by a list', { action: 'shown-in-results' }],
    ['as whose relative somebody was shown', { action: 'viewed-relationships', shown: { of: randomUUID() } }],
    ['by relationships of which none is told', { action: 'viewed-relationships', outcome: 'nothing-found', shown: { related: 0 } }],
    ['by what one hop from a child records', { action: 'viewed-relationships' }],
    ['by a panel that was not there', { action: 'opened-panel', outcome: 'nothing-found', shown: { service: 'school', state: null } }],
    ['by a panel that was refused', { action: 'opened-panel', outcome: 'denied', shown: { state: 'none' } }],
    ['where nothing was found', { outcome: 'nothing-found' }],
    ['where nobody was looked at', { person: null }],
    ['where nobody is known to have looked', { reader: null }],
  ])('not %s', async (_, changed) => {
    expect(byRule(await audit.found([look('2026-11-18T23:00', changed)]), 'outOfHours')).toEqual([]);
  });
});

describe('Somebody is shown by what seems to be little', () => {
  const panel = { action: 'opened-panel', outcome: 'nothing-found', shown: { service: 'school', state: 'none', involvements: 0 } } as const;
  const relatives = { action: 'viewed-relationships', shown: { related: 2 } } as const;
  const outOfHours = async (entries: AuditEntry[]) => byRule(await audit.found(entries), 'outOfHours').map(({ counts }) => counts);

  it.each<[string, Partial<AuditEntry>]>([
    ['a panel without involvements', panel],
    ['the names of relatives', relatives],
  ])('%s', async (_, changed) => {
    expect(await outOfHours([look('2026-11-18T23:00', changed)])).toEqual([{ looks: 1, people: 1 }]);
  });

  it('and a page that records its relatives beside is one look', async () => {
    const page = look('2026-11-18T23:00');
    expect(await outOfHours([page, { ...page, ...relatives }])).toEqual([{ looks: 1, people: 1 }]);
    expect(await outOfHours([{ ...page, ...relatives, requestId: randomUUID() }])).toEqual([{ looks: 2, people: 1 }]);
  });
});

describe('The usual', () => {
  const use = { volume: { people: 5, timesUsual: 3 } };
  const volume = async (entries: AuditEntry[], period?: { from: string; to: string }) =>
    byRule(await audit.found(entries, use, period), 'volume').map(({ reader, day, counts }) => ({ reader, day, counts }));
  const opened = (people: number, ...on: string[]) => days(...on).flatMap((day) => looks(people, day));

  it('is not exceeded by exactly so many times as many', async () => {
    expect(await volume([...opened(2, '16', '17'), ...opened(6, '18')])).toEqual([]);
  });

  it('is the middle of the days, whatever the busiest was', async () => {
    const before = [...opened(2, '11', '12', '13'), ...opened(5, '16', '17')];
    expect(await volume([...before, ...opened(7, '18')])).toEqual([
      { reader: 'leah.morgan', day: '2026-11-18', counts: { people: 7, usual: 2 } },
    ]);
  });

  it('is the reader’s own, and nobody else’s', async () => {
    const others = opened(4, '16', '17').map((entry) => ({ ...entry, reader: 'dan.whittle' }));
    expect(await volume([...others, ...opened(7, '18')])).toEqual([{ reader: 'leah.morgan', day: '2026-11-18', counts: { people: 7 } }]);
  });

  it('reaches back before the period, as far as is set, and what was many there is not told again', async () => {
    const use28 = [...looks(2, '2026-10-21T12:00'), ...looks(9, '2026-10-20T12:00')];
    expect(await volume([...use28, ...opened(7, '18')], { from: '2026-11-18', to: '2026-12-01' })).toEqual([
      { reader: 'leah.morgan', day: '2026-11-18', counts: { people: 7, usual: 2 } },
    ]);
  });

  it('and its days end where the period does', async () => {
    const entries = looks(6, '2026-11-18T00:00');
    expect(await volume(entries, { from: '2026-11-10', to: '2026-11-18' })).toEqual([]);
    expect(await volume([], { from: '2026-11-18', to: '2026-11-19' })).toHaveLength(1);
  });
});

describe('Search results', () => {
  const use = { listed: { people: 5 } };
  const listed = { action: 'shown-in-results' } as const;

  it.each<[string, Partial<AuditEntry>]>([
    ['a caseload', { shown: { list: 'caseload' } }],
    ['another page’s list', { shown: { page: 'address' } }],
    ['what was not shown', { outcome: 'nothing-found' }],
  ])('are not %s', async (_, changed) => {
    expect(byRule(await audit.found(looks(6, NOON, { ...listed, ...changed }), use), 'listed')).toEqual([]);
    expect(byRule(await audit.found(looks(6, NOON, listed), use), 'listed')).toHaveLength(1);
  });
});

describe('People and not looks are counted', () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const twice = (changed: Partial<AuditEntry>) => [one, one, other].map((person) => look(NOON, { ...changed, person }));

  it('of thin reasons', async () => {
    const thin = { reason: 'other', reference: 'none-yet' };
    expect(byRule(await audit.found(twice(thin), { thinReasons: { people: 3 } }), 'thinReasons')).toEqual([]);
    const all = await audit.found([look(NOON, thin)], { thinReasons: { people: 3 } });
    expect(byRule(all, 'thinReasons')).toMatchObject([{ counts: { people: 3 } }]);
  });

  it('of refusals', async () => {
    expect(byRule(await audit.found(twice({ outcome: 'denied' })), 'refusals')).toEqual([]);
    expect(byRule(await audit.found([look(NOON, { outcome: 'denied' })]), 'refusals')).toMatchObject([{ counts: { people: 3 } }]);
  });
});

describe('Refusals and overrides', () => {
  it('are none of a machine’s, nor of what concerns nobody', async () => {
    const machine = looks(3, NOON, { outcome: 'denied', reader: 'machine.case-management' });
    const ofNobody = looks(3, NOON, { outcome: 'denied', person: null });
    expect(await audit.found([...machine, ...ofNobody])).toEqual([]);
  });

  it('are told where the separate way in was refused, but not as a record that was opened', async () => {
    const refused = looks(3, NOON, { action: 'overridden', outcome: 'denied' });
    expect((await audit.found(refused)).map(({ rule }) => rule)).toEqual(['refusals']);
    expect(byRule(await audit.found([look(NOON, { action: 'overridden', reader: null })]), 'overrides')).toEqual([]);
  });

  it.each(['reason-needed', 'override-needs-reason'])('are none where a reason was asked (%s) and given within the hour', async (why) => {
    const asked = looks(3, NOON, { outcome: 'denied', shown: { why } });
    const given = (at: string, outcome: 'done' | 'denied' = 'done') =>
      asked.map(({ person }) => look(at, { person: person!, reason: 'section-47', reference: 'C-1', outcome, shown: { why } }));
    expect(byRule(await audit.found([...asked, ...given('2026-11-18T13:01'), ...given('2026-11-18T12:30', 'denied')]), 'refusals')).toHaveLength(1); // prettier-ignore
    expect(byRule(await audit.found(given('2026-11-18T13:00')), 'refusals')).toEqual([]);
  });

  it('are refusals still where a reason had been given before that, or somebody else gave it', async () => {
    const asked = looks(3, NOON, { outcome: 'denied', shown: { why: 'reason-needed' } });
    const given = (at: string, reader: string) => asked.map(({ person }) => look(at, { person: person!, reader, reason: 'section-47' }));
    const entries = [...asked, ...given('2026-11-18T11:59', 'leah.morgan'), ...given('2026-11-18T12:05', 'dan.whittle')];
    expect(byRule(await audit.found(entries), 'refusals')).toMatchObject([{ reader: 'leah.morgan', counts: { people: 3 } }]);
  });

  it('are refusals where a reason was given, but another thing was refused', async () => {
    const refused = looks(3, NOON, { outcome: 'denied', shown: { why: 'no-right' } });
    const given = refused.map(({ person }) => look('2026-11-18T12:05', { person: person!, reason: 'section-47' }));
    expect(byRule(await audit.found([...refused, ...given]), 'refusals')).toHaveLength(1);
  });
});

describe('Being refused by having said that one knows them', () => {
  const person = randomUUID();
  const refused = (seconds: number) => look(NOON, { outcome: 'denied', person, shown: { why: 'knows-this-person' }, at: Date.parse(`${NOON}:00Z`) + seconds * 1_000 }); // prettier-ignore
  const said = (changed: Partial<AuditEntry> = {}) => look(NOON, { action: 'declared-known', person, ...changed });
  const told = async (entries: AuditEntry[]) => byRule(await audit.found(entries), 'knownPerson').length;

  it('goes by a minute', async () => {
    expect(await told([said(), refused(60)])).toBe(0);
    expect(await told([refused(61)])).toBe(1);
  });

  it.each<[string, AuditEntry]>([
    ['it was said only afterwards', said({ at: Date.parse(`${NOON}:30Z`) })],
    ['it was said by somebody else', said({ reader: 'dan.whittle' })],
    ['it was said of somebody else', said({ person: randomUUID() })],
    ['it could not be said', said({ outcome: 'denied' })],
  ])('is not where %s', async (_, entry) => {
    expect(await told([entry, refused(10)])).toBe(1);
  });

  it('nor are those counted among the people refused', async () => {
    const known = looks(3, NOON, { outcome: 'denied', shown: { why: 'knows-this-person' } });
    const saidOf = known.map(({ person }) => look(NOON, { action: 'declared-known', person: person! }));
    expect(byRule(await audit.found([...saidOf, ...known]), 'refusals')).toEqual([]);
    expect(byRule(await audit.found(known.map((entry) => ({ ...entry, reader: 'dan.whittle' }))), 'refusals')).toHaveLength(1);
  });
});

it('A period holds its first instant and no longer its last', async () => {
  const overridden = (when: string) => look(when, { action: 'overridden' });
  const entries = [overridden('2026-11-16T00:00'), overridden('2026-11-18T00:00')];
  const all = await audit.found(entries, {}, { from: '2026-11-16', to: '2026-11-18' });
  expect(byRule(all, 'overrides').map(({ day }) => day)).toEqual(['2026-11-16']);
});

it('A finding tells the first and the last look it counts, and as what its reader made them', async () => {
  const entries = ['22:00', '23:00'].flatMap((time) => looks(3, `2026-11-17T${time}`));
  const all = await audit.found(entries, { volume: { people: 5 } });
  const [firstAt, lastAt] = [Date.parse('2026-11-17T22:00Z'), Date.parse('2026-11-17T23:00Z')];
  const both = { day: '2026-11-17', firstAt, lastAt, role: 'social-worker', team: 'East' };
  expect(all).toMatchObject([{ rule: 'outOfHours', ...both }, { rule: 'volume', ...both }]); // prettier-ignore
});

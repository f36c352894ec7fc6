import { randomUUID } from 'node:crypto';
import { AuditedLooks, look, looks } from '../../../../test/support/audited-looks.js';
import type { AuditEntry } from '../audit-entry.js';
import type { Unusual } from './unusual-use.js';

let audit: AuditedLooks;
beforeEach(async () => {
  audit = await AuditedLooks.open();
});
afterEach(() => audit?.close());

const saying = (all: Unusual[]) => all.map(({ rule, reader, day }) => `${rule} ${reader} ${day}`);

describe('Out of hours', () => {
  it.each([
    ['a Wednesday at noon', '2026-11-18T12:00', []],
    ['a minute before seven in winter', '2026-11-18T06:59', ['2026-11-18']],
    ['seven in summer, which is six in Greenwich', '2026-07-15T06:00', []],
    ['a minute before that', '2026-07-15T05:59', ['2026-07-15']],
    ['eight in the evening', '2026-11-18T20:00', ['2026-11-18']],
    ['a minute before that', '2026-11-18T19:59', []],
    ['a Friday at noon', '2026-11-20T12:00', []],
    ['a Saturday at noon', '2026-11-21T12:00', ['2026-11-21']],
    ['a Sunday at noon', '2026-11-22T12:00', ['2026-11-22']],
    ['half past midnight in summer, the day before in Greenwich', '2026-07-14T23:30', ['2026-07-15']],
  ])('%s', async (_, when, days) => {
    expect(saying(await audit.found([look(when)]))).toEqual(days.map((day) => `outOfHours leah.morgan ${day}`));
  });

  it('is not asked of duty, has hours of its own for a role that is set, and counts what was opened, not what was listed', async () => {
    const night = '2026-11-18T23:00';
    const entries = [
      look(night, { role: 'duty', reader: 'dan.whittle' }),
      look(night, { role: 'team-manager', reader: 'priya.nair' }),
      look(night, { action: 'shown-in-results' }),
      look(night, { shown: { page: 'family', of: randomUUID() } }),
      look(night, { outcome: 'denied' }),
      look(night, { reader: 'machine.case-management' }),
    ];
    const roles = { duty: 'any-time', 'team-manager': { from: '00:00', to: '23:59', weekends: true } };
    expect(saying(await audit.found(entries, { outOfHours: { roles } }))).toEqual([]);
  });

  it.each([
    ['a Wednesday at ten in the evening', '2026-11-18T22:00', false],
    ['a minute before that', '2026-11-18T21:59', true],
    ['a minute before six in the morning', '2026-11-18T05:59', false],
    ['six in the morning', '2026-11-18T06:00', true],
    ['Saturday before dawn, of Friday’s night', '2026-11-21T05:59', false],
    ['Saturday evening', '2026-11-21T22:00', true],
    ['Monday before dawn, of Sunday’s night', '2026-11-23T05:59', true],
  ])('over midnight, from 22:00 to 06:00: %s', async (_, when, found) => {
    const night = { from: '22:00', to: '06:00' };
    const entries = [look(when), look(when, { role: 'night', reader: 'dan.whittle' })];
    const own = await audit.found(entries, { outOfHours: { hours: { from: '00:00', to: '23:59', weekends: true }, roles: { night } } });
    expect(own.map(({ reader }) => reader)).toEqual(found ? ['dan.whittle'] : []);
    expect(await audit.found([], { outOfHours: { hours: night } })).toHaveLength(found ? 2 : 0);
  });

  it('can be switched off, and be told of only after so many looks', async () => {
    const entries = looks(2, '2026-11-18T23:00');
    expect(await audit.found(entries, { outOfHours: { on: false } })).toEqual([]);
    const again = await audit.found([], { outOfHours: { looks: 3 } });
    expect(again).toEqual([]);
    expect(await audit.found([], {})).toMatchObject([
      { rule: 'outOfHours', counts: { looks: 2, people: 2 }, role: 'social-worker', team: 'East' },
    ]);
  });
});

describe('More people than usual', () => {
  const use = { volume: { people: 5, timesUsual: 3 } };
  const usual = (people: number) => ['09', '10', '11', '12', '13'].flatMap((day) => looks(people, `2026-11-${day}T10:00`));

  it('is more than the threshold and more than so many times the reader’s own median', async () => {
    const all = await audit.found([...usual(2), ...looks(7, '2026-11-18T10:00')], use);
    expect(all).toMatchObject([{ rule: 'volume', day: '2026-11-18', counts: { people: 7, usual: 2 }, person: null }]);
  });

  it('is nothing for somebody who always opens as many, nor up to the threshold', async () => {
    expect(saying(await audit.found([...usual(4), ...looks(7, '2026-11-18T10:00')], use))).toEqual([]);
    expect(saying(await audit.found(looks(5, '2026-11-20T10:00', { reader: 'new.here' }), use))).toEqual([]);
  });

  it('counts people, not panels, and has no usual for somebody new', async () => {
    const one = randomUUID();
    const entries = [...looks(20, '2026-11-18T10:00', { person: one }), ...looks(6, '2026-11-19T10:00', { reader: 'new.here' })];
    expect(await audit.found(entries, use)).toMatchObject([{ reader: 'new.here', counts: { people: 6 } }]);
  });
});

it('Two records that a data steward reviews are two people who were opened', async () => {
  const reviewed = looks(6, '2026-11-18T10:00', { action: 'reviewed-match', reader: 'grace.holt', role: 'data-steward' });
  expect(saying(await audit.found(reviewed, { volume: { people: 5 } }))).toEqual(['volume grace.holt 2026-11-18']);
});

describe('Many people in search results', () => {
  const listed = (count: number, when: string, changed: Partial<AuditEntry> = {}) =>
    looks(count, when, { action: 'shown-in-results', ...changed });
  const use = { listed: { people: 5 } };

  it('are more different people than the threshold and than three times the usual, whether or not one was opened', async () => {
    const led = listed(1, '2026-11-18T10:00', { action: 'led-to-person' });
    const all = await audit.found([...listed(2, '2026-11-17T10:00'), ...listed(6, '2026-11-18T10:00'), ...led], use);
    expect(all).toMatchObject([{ rule: 'listed', day: '2026-11-18', counts: { people: 7, usual: 2 }, person: null }]);
  });

  it('are none where the same people are listed again, others are opened, or a machine searches', async () => {
    const entries = [
      ...listed(9, '2026-11-18T10:00', { person: randomUUID() }),
      ...looks(6, '2026-11-18T10:00'),
      ...listed(9, '2026-11-18T11:00', { reader: 'machine.case-management' }),
    ];
    expect(saying(await audit.found(entries, use))).toEqual([]);
  });
});

describe('Many people outside the caseload', () => {
  const use = { outsideCaseload: { people: 5, timesUsual: 3 } };
  const why = { reason: 'section-47', reference: 'C-1' };
  const week = (count: number, monday: string, changed: Partial<AuditEntry> = {}) =>
    Array.from({ length: count }, (_, at) =>
      look(new Date(Date.parse(`${monday}T10:00Z`) + (at % 5) * 86_400_000).toISOString().slice(0, 16), { ...why, ...changed }),
    );
  const usual = (count: number) => ['2026-10-05', '2026-10-12', '2026-10-19'].flatMap((monday) => week(count, monday));

  it('are more in a week than the threshold and than three times the reader’s usual week, however good each reason is', async () => {
    const all = await audit.found([...usual(2), ...week(7, '2026-11-16')], use);
    expect(all).toMatchObject([{ rule: 'outsideCaseload', day: '2026-11-16', counts: { people: 7, usual: 2 }, person: null }]);
  });

  it('are none for somebody whose weeks are always so, up to the threshold, or of whom no reason was asked', async () => {
    expect(saying(await audit.found([...usual(3), ...week(7, '2026-11-16')], use))).toEqual([]);
    expect(saying(await audit.found(week(5, '2026-11-16', { reader: 'new.here' }), use))).toEqual([]);
    const own = week(9, '2026-11-16', { reader: 'own.cases', reason: undefined, reference: undefined });
    expect(saying(await audit.found(own, use))).toEqual([]);
  });

  it('are counted by people and whole weeks, have no usual of weeks long ago, and can be switched off', async () => {
    const again = { reader: 'comes.back', person: randomUUID() };
    const longAgo = week(5, '2026-08-10', { reader: 'new.again' });
    const entries = [...week(9, '2026-11-16', again), ...longAgo, ...week(6, '2026-11-16', { reader: 'new.again' })];
    expect(saying(await audit.found(entries, use, { from: '2026-11-19', to: '2026-12-01' }))).toEqual([
      'outsideCaseload new.again 2026-11-16',
    ]);
    expect(await audit.found([], { outsideCaseload: { on: false, people: 5 } })).toEqual([]);
  });
});

describe('Thin reasons', () => {
  const use = { thinReasons: { people: 3 } };
  it('are so many people in one week of London’s, opened with "other" or without a reference', async () => {
    const entries = [
      look('2026-11-16T10:00', { reason: 'other', reference: 'C-1' }),
      look('2026-11-18T10:00', { reason: 'section-47', reference: 'none-yet' }),
      look('2026-11-20T10:00', { reason: 'other', reference: 'none-yet' }),
    ];
    expect(await audit.found(entries, use)).toMatchObject([{ rule: 'thinReasons', day: '2026-11-16', counts: { people: 3 } }]);
  });

  it('are none where the week is another, the reference is there, or no reason was asked', async () => {
    const entries = [
      ...looks(2, '2026-11-16T10:00', { reason: 'other' }),
      look('2026-11-13T10:00', { reason: 'other' }),
      ...looks(5, '2026-11-17T10:00', { reason: 'section-47', reference: 'C-1' }),
      ...looks(5, '2026-11-17T10:00'),
    ];
    expect(saying(await audit.found(entries, use))).toEqual([]);
  });

  it('are counted by whole weeks, wherever the period begins', async () => {
    const entries = ['16', '17', '18'].map((day) => look(`2026-11-${day}T10:00`, { reason: 'other' }));
    expect(saying(await audit.found(entries, use, { from: '2026-11-18', to: '2026-11-19' }))).toEqual([
      'thinReasons leah.morgan 2026-11-16',
    ]);
  });
});

describe('Overrides and refusals', () => {
  it('each override is one, with the person', async () => {
    const person = randomUUID();
    const all = await audit.found([
      look('2026-11-18T10:00', { action: 'overridden', person }),
      look('2026-11-18T11:00', { action: 'overridden', person }),
    ]);
    expect(all).toMatchObject([{ rule: 'overrides', person, counts: { overrides: 2 } }]);
  });

  it('being asked for a reason is no refusal where it was given within the hour; turning back there is', async () => {
    const asked = (person: string) => look('2026-11-18T10:00', { outcome: 'denied', person, shown: { why: 'reason-needed' } });
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    const given = [one, two].map((person) => look('2026-11-18T10:05', { person, reason: 'section-47', reference: 'C-1' }));
    expect(saying(await audit.found([...[one, two, three].map(asked), ...given]))).toEqual([]);
    expect(saying(await audit.found([asked(randomUUID()), asked(randomUUID())]))).toEqual(['refusals leah.morgan 2026-11-18']);
  });

  it('refusals are some from so many people on a day, and each one where the reader knows the person', async () => {
    const denied = { outcome: 'denied' } as const;
    const person = randomUUID();
    const all = await audit.found([
      ...looks(3, '2026-11-18T10:00', denied),
      ...looks(2, '2026-11-19T10:00', denied),
      look('2026-11-20T10:00', { ...denied, person, shown: { why: 'knows-this-person' } }),
    ]);
    expect(saying(all).sort()).toEqual(['knownPerson leah.morgan 2026-11-20', 'refusals leah.morgan 2026-11-18']);
    expect(all.find(({ rule }) => rule === 'knownPerson')).toMatchObject({ person });
  });

  it('being refused along with saying that one knows somebody is none; coming again later is, and so is what another reader does', async () => {
    const [person, other] = [randomUUID(), randomUUID()];
    const refused = (of: string, at = '2026-11-20T10:01') =>
      look(at, { outcome: 'denied', person: of, shown: { why: 'knows-this-person' } });
    const said = look('2026-11-20T10:00', { action: 'declared-known', person });
    expect(saying(await audit.found([said, refused(person)]))).toEqual([]);
    expect(saying(await audit.found([{ ...refused(person), reader: 'dan.whittle' }]))).toEqual(['knownPerson dan.whittle 2026-11-20']);
    expect(saying(await audit.found([refused(other)]))).toHaveLength(2);
    expect(saying(await audit.found([refused(person, '2026-11-20T10:02')]))).toHaveLength(3);
  });
});

import { randomUUID } from 'node:crypto';
import { AuditedLooks, look, looks } from '../../../../test/support/audited-looks.js';
import { looksOfFinding, namesOfReaders, openedInPeriod } from './find-unusual.js';
import { UnusualUse } from './unusual-use.js';

let audit: AuditedLooks;
beforeEach(async () => {
  audit = await AuditedLooks.open();
});
afterEach(() => audit?.close());

describe('What was opened', () => {
  it('is told once a day for each reader and person', async () => {
    const person = randomUUID();
    await audit.log.record([
      look('2026-11-18T10:00', { person }),
      look('2026-11-18T11:00', { person, action: 'opened-panel' }),
      look('2026-11-19T10:00', { person }),
    ]);
    const opened = await audit.reader.read((sight) => openedInPeriod(sight, { from: 0, to: Date.parse('2026-12-01') }));
    expect(opened.map(({ day, person }) => `${day} ${person}`).sort()).toEqual([`2026-11-18 ${person}`, `2026-11-19 ${person}`]);
  });
});

it('A reader is called what the directory called them when they last signed in to look in the period', async () => {
  const signedIn = (when: string, reader: string, name: string) => look(when, { action: 'signed-in', reader, shown: { name } });
  await audit.log.record([
    signedIn('2026-11-18T08:00', 'leah.morgan', 'Leah Morgan'),
    signedIn('2026-11-18T09:00', 'leah.morgan', 'Leah Marsh'),
    signedIn('2026-11-18T10:00', 'leah.morgan', ''),
    signedIn('2026-11-19T08:00', 'leah.morgan', 'Leah Later'),
    signedIn('2026-11-17T08:00', 'dan.whittle', 'Dan Whittle'),
    signedIn('2026-11-16T23:00', 'priya.nair', 'Priya Nair'),
  ]);
  const day = { from: Date.parse('2026-11-18'), to: Date.parse('2026-11-19') };
  const names = await audit.reader.read((sight) => namesOfReaders(sight, day));
  expect(Object.fromEntries(names)).toEqual({ 'leah.morgan': 'Leah Marsh', 'dan.whittle': 'Dan Whittle' });
});

describe('The looks of a finding', () => {
  const use = UnusualUse.parse({
    outOfHours: { roles: { 'team-manager': { from: '09:00', to: '17:00' } } },
    volume: { people: 3 },
    listed: { people: 3 },
    outsideCaseload: { people: 3 },
    thinReasons: { people: 3 },
    refusals: { people: 2 },
  });
  const night = '2026-11-18T23:00';
  const denied = { outcome: 'denied' } as const;
  const person = randomUUID();

  it('are those it counted, of every rule, and none of what else the reader did meanwhile', async () => {
    const manager = { reader: 'priya.nair', role: 'team-manager' };
    const all = await audit.found(
      [
        look('2026-11-18T22:00', { person }),
        look(night, { person }),
        look('2026-11-18T08:00', manager),
        look('2026-11-18T16:59', manager),
        look('2026-11-18T18:00', manager),
        ...looks(4, '2026-11-18T10:00', { reason: 'other', reference: 'none-yet' }),
        ...looks(4, '2026-11-18T10:00', { reason: 'section-47', reference: 'C-1' }),
        ...looks(4, '2026-11-18T22:30', { shown: { page: 'family', of: person } }),
        ...looks(4, '2026-11-18T22:30', { action: 'shown-in-results' }),
        ...looks(4, '2026-11-18T22:30', { action: 'shown-in-results', shown: { list: 'caseload' } }),
        ...looks(3, '2026-11-18T22:30', denied),
        look('2026-11-18T12:00', { ...denied, person, shown: { why: 'knows-this-person' } }),
        look('2026-11-18T12:00', { action: 'overridden', person, reason: 'section-47', reference: 'C-1' }),
      ],
      use,
    );
    const listed = await Promise.all(
      all.map(async (finding) => {
        const { looks, total, people } = await audit.reader.read((sight) => looksOfFinding(sight, finding, use, 100));
        expect([looks.length, looks.every(({ reader }) => reader === finding.reader)]).toEqual([total, true]);
        return `${finding.rule} of ${finding.reader}: ${total} at ${people}`;
      }),
    );
    expect(listed.sort()).toEqual([
      'knownPerson of leah.morgan: 1 at 1',
      'listed of leah.morgan: 4 at 4',
      'outOfHours of leah.morgan: 2 at 1',
      'outOfHours of priya.nair: 2 at 2',
      'outsideCaseload of leah.morgan: 9 at 9',
      'overrides of leah.morgan: 1 at 1',
      'refusals of leah.morgan: 4 at 4',
      'thinReasons of leah.morgan: 4 at 4',
      'volume of leah.morgan: 11 at 9',
    ]);
    for (const { rule, counts, ...rest } of all) {
      const { total, people } = await audit.reader.read((sight) => looksOfFinding(sight, { rule, counts, ...rest }, use, 1));
      expect({ people, looks: total, overrides: total, refusals: total, usual: counts.usual }).toMatchObject(counts);
    }
  });

  it('are at its own person alone, where it is about one, the newest first', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const override = (when: string, of: string) => look(when, { action: 'overridden', person: of, reason: 'section-47', reference: 'C-1' });
    const day = '2026-11-18T';
    const entries = [override(`${day}10:00`, one), override(`${day}11:00`, other), override(`${day}12:00`, one)];
    const all = (await audit.found(entries)).filter(({ rule }) => rule === 'overrides');
    const seen = await Promise.all(all.map((finding) => audit.reader.read((sight) => looksOfFinding(sight, finding, use, 100))));
    for (const { looks } of seen) expect(looks.map(({ at }) => at)).toEqual(looks.map(({ at }) => at).toSorted((a, b) => b - a));
    const told = seen.map(({ looks, total }, at) => [all[at]!.person, total, new Set(looks.map(({ person }) => person)).size]);
    expect(told.toSorted(([, a], [, b]) => Number(a) - Number(b))).toEqual([[other, 1, 1], [one, 2, 1]]); // prettier-ignore
  });
});

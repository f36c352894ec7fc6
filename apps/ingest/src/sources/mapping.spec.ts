import { SERVICES } from '#lib/events';
import * as read from '../convert/fields.js';
import { columnsOf, formatsOf } from '../rows/read-fields.js';
import type { InvolvementFact, Mapping, PersonFact, RelationshipFact } from './mapping.js';
import { MAPPINGS } from './sources.js';

describe('A mapping that forgets what the contract requires', () => {
  const named = { recordId: read.id('Id'), names: [{ family: read.familyName('Name') }] };
  const involved = {
    recordId: read.id('Id'),
    involvementId: read.id('Case'),
    service: 'school',
    end: 'never',
    whenGone: 'closed',
  } as const;

  it('does not compile', () => {
    const right: [PersonFact, InvolvementFact] = [{ ...named, whenGone: 'kept' }, involved];
    const { end: _, ...endless } = involved;
    const { service: __, ...ofNoService } = involved;
    const { involvementId: ___, ...nameless } = involved;
    const otherless = {
      recordId: read.id('Id'),
      relationshipId: read.id('R'),
      relationship: 'parent',
      end: 'never',
      whenGone: 'ended',
    } as const;
    const wrong = [
      // @ts-expect-error -- a person has a name
      { recordId: read.id('Id'), whenGone: 'kept' } satisfies PersonFact,
      // @ts-expect-error -- what it means that a complete file no longer holds it
      named satisfies PersonFact,
      // @ts-expect-error -- how an end is recognised
      endless satisfies InvolvementFact,
      // @ts-expect-error -- which service it is
      ofNoService satisfies InvolvementFact,
      // @ts-expect-error -- what makes it this involvement
      nameless satisfies InvolvementFact,
      // @ts-expect-error -- a service the code list has
      { ...involved, service: 'librarian' } satisfies InvolvementFact,
      // @ts-expect-error -- a school has a name
      { ...involved, details: { school: { contactNumber: read.phone('Tel') } } } satisfies InvolvementFact,
      // @ts-expect-error -- a yes or no where the contract wants one
      { ...involved, coordinating: read.text('Lead') } satisfies InvolvementFact,
      // @ts-expect-error -- to whom
      otherless satisfies RelationshipFact,
      // @ts-expect-error -- how far the source sees
      { name: 'x', label: 'X', services: ['school'], doors: ['csv'], epoch: 1, tables: {} } satisfies Mapping,
    ];
    expect([right, wrong].flat()).toHaveLength(12);
  });
});

describe.each(MAPPINGS.map((mapping) => [mapping.name, mapping] as const))('The mapping of %s', (_, mapping) => {
  it('says in words what it expects in every column', () => {
    for (const table of Object.values(mapping.tables)) {
      expect([...formatsOf(table).keys()].sort()).toEqual([...new Set(columnsOf(table))].sort());
      for (const words of formatsOf(table).values()) expect(words).toMatch(/^\S.{4,}$/);
    }
  });

  const tables = Object.entries(mapping.tables);

  it('speaks of its own services alone, and of each by one table', () => {
    const services = tables.flatMap(([, { involvement }]) => (involvement ? [involvement.service] : []));
    expect(services).toHaveLength(mapping.services.length);
    expect(new Set(services)).toEqual(new Set(mapping.services));
    expect(mapping.services.every((service) => service in SERVICES)).toBe(true);
  });

  it('tells each kind of fact by one table, so that a complete file of it says what is gone', () => {
    for (const kind of ['person', 'relationship', 'replacement'] as const)
      expect(tables.filter(([, table]) => table[kind] !== undefined).length).toBeLessThanOrEqual(1);
  });

  it('captures changes only by the door for it, in an epoch above that of its other doors, and each kind of fact by one table', () => {
    expect(mapping.doors.includes('cdc')).toBe(mapping.captured !== undefined);
    const captured = Object.values(mapping.captured?.tables ?? {});
    if (mapping.captured) expect(mapping.captured.epoch).toBeGreaterThan(mapping.epoch);
    for (const kind of ['person', 'relationship', 'replacement', 'involvement'] as const)
      expect(captured.filter((table) => table[kind] !== undefined).length).toBeLessThanOrEqual(
        kind === 'involvement' ? mapping.services.length : 1,
      );
  });

  it('knows every column by one name', () => {
    for (const [, table] of tables) {
      const columns = new Set(columnsOf(table));
      const aliases = Object.entries(table.alsoCalled ?? {});
      expect(aliases.filter(([name]) => !columns.has(name))).toEqual([]);
      expect(aliases.flatMap(([, others]) => others).filter((other) => columns.has(other))).toEqual([]);
    }
  });

  it('says in words how far it sees', () => {
    expect(mapping.coverage.rule).toMatch(/^[A-Z].+\.$/);
    expect(mapping.coverage.from).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

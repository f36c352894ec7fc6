import fc from 'fast-check';
import { tables } from '#lib/read-model';
import { anyDelivery, anyLog, type Entry } from '../../../test/support/any-log.js';
import { lastSaid } from '../../../test/support/last-said.js';
import { ByteSlab } from './byte-slab.js';
import { Fold } from './fold.js';
import { HeldRegister } from './held-register.js';
import { projectDecision, projectEvent } from './project.js';
import type { Key, RegisterWrite } from './register-write.js';

const writesOf = (entry: Entry): RegisterWrite[] =>
  entry.log === 'identity-log' ? projectDecision(entry.decision, entry.place) : projectEvent(entry.event, entry.place);
const nameOf = (table: string, key: Key, register: string) => [table, ...Object.values(key), register].join(' ');
const versionOf = ({ epoch, position, rank, digest }: HeldRegister): Version => [epoch, position, rank, digest];
type Version = [epoch: number, position: number, rank: number, digest: string];

/** The version each register holds after a fold. The digest stands for the values: see the second test. */
function folded(entries: Entry[]): Map<string, Version> {
  const fold = new Fold();
  for (const entry of entries) for (const write of writesOf(entry)) fold.add(write);
  const registers = Object.values(tables).flatMap((table) =>
    fold
      .rowsOf(table)
      .flatMap(({ key, registers }) =>
        Object.entries(registers).map(([register, held]) => [nameOf(table.name, key, register), versionOf(held)] as const),
      ),
  );
  return new Map(registers);
}

/** What a database does with batch after batch, the plain way. */
function together(batches: Map<string, Version>[]): Map<string, Version> {
  const held = new Map<string, Version>();
  for (const [name, version] of batches.flatMap((batch) => [...batch])) {
    const before = held.get(name);
    const differs = before ? version.findIndex((part, at) => part !== before[at]) : 0;
    if (!before || (differs >= 0 && version[differs]! > before[differs]!)) held.set(name, version);
  }
  return held;
}

describe('Folding events into rows', () => {
  it('ends in the same rows whatever the order of arrival, the repetitions and the cuts into batches', () => {
    const deliveries = anyLog({ maxLength: 40 }).chain((log) => fc.tuple(fc.constant(log), anyDelivery(log)));
    fc.assert(
      fc.property(deliveries, ([log, batches]) => {
        const once = folded(log);
        expect(together(batches.map(folded))).toEqual(once);
        expect(folded(batches.flat())).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  it('holds of every fact what its source said last, as reckoned without projections', () => {
    fc.assert(
      fc.property(anyLog({ maxLength: 40 }), (log) => {
        const written = new Map(
          log.flatMap(writesOf).map((write) => {
            const version = versionOf(new HeldRegister(write, new ByteSlab(64)));
            return [`${nameOf(write.table.name, write.key, write.register)} ${version.join('/')}`, write.values] as const;
          }),
        );
        const [held, said] = [folded(log), lastSaid(log)];
        expect([...held.keys()].sort()).toEqual([...said.keys()].sort());
        for (const [name, version] of held) {
          const values = written.get(`${name} ${version.join('/')}`);
          expect(said.get(name)!.version).toEqual(version.slice(0, 3));
          expect(said.get(name)!.said).toContainEqual(values);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('tells contents apart that look alike when written one after the other', () => {
    const digestOf = (closed_on: string | null, closed_reason: string | null) =>
      new HeldRegister(
        {
          table: tables.involvement,
          key: {},
          plain: {},
          register: 'status',
          epoch: 0,
          position: 0,
          rank: 0,
          values: { status: 'closed', closed_on, closed_reason, status_at: 0 },
        },
        new ByteSlab(64),
      ).digest;
    const digests = [digestOf('ab', 'c'), digestOf('a', 'bc'), digestOf('abc', ''), digestOf('abc', null), digestOf(null, 'abc')];
    expect(new Set(digests).size).toBe(digests.length);
  });
});

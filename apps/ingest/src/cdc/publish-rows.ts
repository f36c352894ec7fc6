import type { CommandBus } from '@nestjs/cqrs';
import { pointerTo } from '#lib/events';
import { CONNECT_USER, HaltError } from '#lib/kafka';
import type { Measures } from '../measures.js';
import { PublishEvents } from '../publish-events.command.js';
import type { Reachable } from '../reachable.js';
import type { Digests, DigestedFact } from '../remembered/digests.js';
import type { PublishFacts } from '../remembered/publish-facts.js';
import { nameOf, type Remembered } from '../remembered/remembered.js';
import type { VanishedFacts } from '../remembered/vanished-facts.js';
import type { Fact, FactName } from '../rows/fact.js';
import type { Captured, Mapping } from '../sources/mapping.js';
import type { CaptureMeasures } from './capture-measures.js';
import type { CaptureState, RefusedRow } from './capture-state.js';
import { type ChangeRead, factsInChange, takenBack } from './facts-in-change.js';
import type { RowChange } from './read-change.js';

export const BY_CONNECTOR = { door: 'cdc', sender: CONNECT_USER } as const;

/** One problem of a captured row, as the source is told it. */
interface RowRefusal {
  table: string;
  column: string;
  rule: string;
  expected: string;
  fix: string;
  committedAt: Date;
}

/** Publishes what captured rows say, the newest of each fact, and notes the rows that are refused. */
export class PublishRows {
  constructor(
    private readonly facts: PublishFacts,
    private readonly digests: Digests,
    private readonly remembered: Reachable<Remembered>,
    private readonly vanished: VanishedFacts,
    private readonly state: CaptureState,
    private readonly commands: CommandBus,
    private readonly measures: { answers: Measures; capture: CaptureMeasures },
  ) {}

  /** @throws HaltError where a row has another shape than the mapping knows, after what stands before it was published; RetryableError */
  async publish(mapping: Mapping, captured: Captured, changes: readonly RowChange[]): Promise<void> {
    const { read, halt } = readAll(mapping, captured, changes);
    const newest = new Map<string, DigestedFact & { of: RowChange }>();
    for (const { change, found } of read) {
      for (const { kind, id } of found.gone) {
        const name = this.digests.ofFact(mapping.name, { kind, id });
        const fact = await this.goes(mapping, captured, change, { kind, id }, newest.get(nameOf(name))?.fact);
        if (fact) newest.set(nameOf(name), { ...this.digests.digested(mapping.name, fact), of: change });
      }
      for (const fact of found.facts) {
        const digested = this.digests.digested(mapping.name, fact);
        newest.set(nameOf(digested.name), { ...digested, of: change });
      }
    }
    const told = [...newest.values()];
    const outcomes = await this.facts.publish(mapping, told, BY_CONNECTOR);
    const refusedLater = outcomes.flatMap(({ problems }, at) => problems.map((problem) => ({ change: told[at]!.of, ...problem })));
    await this.seen(
      mapping,
      captured,
      read,
      told.filter((_, at) => outcomes[at]!.change === 'unchanged'),
    );
    await this.noteRows(mapping, read, refusedLater);
    for (const { change } of read) if (!change.inSnapshot) this.measures.capture.took(mapping.name, change.at);
    if (halt) throw halt;
  }

  /** The row no longer tells a fact, and could not be read when it last did. @param told the fact as a change just before told it */
  private async goes(mapping: Mapping, captured: Captured, change: RowChange, { kind, id }: FactName, told: Fact | undefined) {
    const table = captured.tables[change.table]!;
    const version = { epoch: captured.epoch, position: change.offset };
    if (told) return takenBack(mapping, table, told, version, change.at);
    return this.vanished.named(mapping, table, kind, this.digests.ofFact(mapping.name, { kind, id }), version, change.at);
  }

  /** Rows of a snapshot that say nothing new are still there; so are those that are refused, as far as they can be named. */
  private async seen(mapping: Mapping, captured: Captured, read: readonly Read[], unchanged: readonly { name: Buffer; of: RowChange }[]) {
    const { name: source } = mapping;
    const refused = read.flatMap(({ change, found }) => found.refused.map((fact) => ({ ...fact, of: change })));
    const inSnapshot = <T extends { of: RowChange }>(facts: readonly T[]) => facts.filter(({ of }) => of.inSnapshot);
    const there = [
      ...inSnapshot(unchanged),
      ...inSnapshot(refused).flatMap(({ kind, id, of }) => (id === null ? [] : { name: this.digests.ofFact(source, { kind, id }), of })),
    ];
    const places = there.map(({ name, of }) => ({ fact: name, position: of.offset }));
    await (await this.remembered.get()).seen(source, captured.epoch, places);
  }

  private async noteRows(mapping: Mapping, read: readonly Read[], refusedLater: readonly { change: RowChange; rule: string }[]) {
    const { name: source } = mapping;
    const rows = new Map<string, { row: RefusedRow; refusals: RowRefusal[] }>();
    for (const { change, found } of read) {
      const hash = this.digests.ofRow(source, change.table, change.key);
      const wrong = found.problems.filter(({ outcome }) => outcome === 'refused');
      const refusals = wrong.map((problem) => ({ ...problem, table: change.table, committedAt: change.at }));
      // a record that was erased on purpose is not there to be told of
      const later = refusedLater.filter((one) => one.change === change && one.rule !== 'record-erased');
      const problems = [...refusals, ...later.map(({ rule }) => ({ column: '', rule }))].map(({ column, rule }) => ({ column, rule }));
      rows.set(nameOf(hash), {
        row: { hash, unnamed: found.refused.some(({ id }) => id === null), table: change.table, problems },
        refusals,
      });
    }
    const all = [...rows.values()];
    const refused = all.filter(({ row }) => row.problems.length > 0);
    const good = all.filter(({ row }) => row.problems.length === 0);
    await this.tell(
      mapping,
      refused.flatMap(({ refusals }) => refusals),
    );
    await this.state.noteRows(
      source,
      refused.map(({ row }) => row),
      good.map(({ row }) => row.hash),
    );
  }

  /** To the rejections, as any event that breaks a rule: table, column and rule, never a value. */
  private async tell(mapping: Mapping, refusals: readonly RowRefusal[]): Promise<void> {
    if (refusals.length === 0) return;
    const since = performance.now();
    const sent = refusals.map(({ table, column, rule, expected, fix, committedAt }) => ({
      event: undefined,
      findings: [],
      unreadable: { pointer: pointerTo([table, column]), rule, expected, fix },
      found: `Found in a row that was committed at ${committedAt.toISOString()}.`,
    }));
    this.measures.answers.answered(mapping.name, await this.commands.execute(new PublishEvents(mapping, sent, BY_CONNECTOR)), since);
  }
}

interface Read {
  change: RowChange;
  found: ChangeRead;
}

function readAll(mapping: Mapping, captured: Captured, changes: readonly RowChange[]): { read: Read[]; halt?: HaltError } {
  const read: Read[] = [];
  for (const change of changes)
    try {
      read.push({ change, found: factsInChange(mapping, captured, change) });
    } catch (halt) {
      if (halt instanceof HaltError) return { read, halt };
      throw halt;
    }
  return { read };
}

import type { CommandBus } from '@nestjs/cqrs';
import type { EventOutcome, Problem } from '#lib/events';
import { type KeyStore, sealText } from '#lib/sealing';
import { PublishEvents } from '../publish-events.command.js';
import type { Reachable } from '../reachable.js';
import type { Fact } from '../rows/fact.js';
import type { SentBy } from '../sent.js';
import type { Source } from '../sources/source.js';
import type { Change, Changes, ComparedFact } from './changes.js';
import type { DigestedFact } from './digests.js';
import type { Remembered, RememberedFact } from './remembered.js';

/** What became of one fact: published, or not needed, or refused with what was wrong. */
export interface FactOutcome {
  fact: Fact;
  change: Change;
  published: boolean;
  /** Not now, but by an earlier try at this very version. */
  again: boolean;
  problems: Problem[];
}

/**
 * What the doors share that read the same facts again and again: only what differs from what was published is published, by the one
 * command, and then remembered. Before it is published, what was remembered is doubted: whatever comes after a crash between the two differs, and is published.
 */
export class PublishFacts {
  constructor(
    private readonly changes: Changes,
    private readonly commands: CommandBus,
    private readonly keyStore: Reachable<KeyStore>,
    private readonly remembered: Reachable<Remembered>,
  ) {}

  /** @param facts each once, and at most a few hundred. @throws RetryableError when anything is not in the log or not remembered: do it all again */
  async publish(source: Source, facts: readonly DigestedFact[], by: SentBy): Promise<FactOutcome[]> {
    const compared = await this.changes.of(source.name, facts);
    const differing = compared.filter(({ change }) => change !== 'unchanged');
    await this.doubt(source.name, differing);
    const { refused, accepted } = await this.send(source, differing, by);
    const taken = differing.filter(({ fact }) => !refused.has(fact));
    const neverThere = differing.filter(({ fact, change }) => change === 'new' && !accepted.has(fact));
    await this.remember(source.name, taken, neverThere);
    return compared.map(({ fact, change, again }) => ({
      fact,
      change,
      published: change !== 'unchanged' && !refused.has(fact),
      again,
      problems: refused.get(fact) ?? [],
    }));
  }

  private async doubt(source: string, differing: readonly ComparedFact[]): Promise<void> {
    const records = differing.map(({ fact: { recordId } }) => ({ source, recordId }));
    const erased = new Set(await (await this.keyStore.get()).erasedAmong(records));
    const rows = await this.rowsOf(
      source,
      differing.filter((_, at) => !erased.has(at)),
    );
    await (await this.remembered.get()).doubt(source, rows);
  }

  private async send(source: Source, differing: readonly ComparedFact[], by: SentBy) {
    const refused = new Map<Fact, Problem[]>();
    const accepted = new Set<Fact>();
    const sent = differing.flatMap(({ fact }) => fact.events.map(({ sent: event }) => ({ fact, event })));
    if (sent.length === 0) return { refused, accepted };
    const events = sent.map(({ event }) => ({ event, findings: [] }));
    const { results } = await this.commands.execute(new PublishEvents(source, events, by));
    for (const outcome of results) {
      const problems = problemsOf(outcome);
      const { fact } = sent[outcome.index]!;
      if (problems.length > 0) refused.set(fact, [...(refused.get(fact) ?? []), ...problems]);
      else accepted.add(fact);
    }
    return { refused, accepted };
  }

  private async remember(source: string, taken: readonly ComparedFact[], neverThere: readonly ComparedFact[]): Promise<void> {
    const remembered = await this.remembered.get();
    const gone = taken.filter(({ fact }) => fact.state === 'gone');
    const there = taken.filter(({ fact }) => fact.state !== 'gone');
    await remembered.keep(source, await this.rowsOf(source, there));
    await remembered.forget(
      source,
      [...gone, ...neverThere].map(({ name }) => name),
    );
  }

  private async rowsOf(source: string, facts: readonly ComparedFact[]): Promise<RememberedFact[]> {
    const keys = await (await this.keyStore.get()).subjectsFor(facts.map(({ fact: { recordId } }) => ({ source, recordId })));
    return facts.map(({ fact, name, said }, at) => {
      const { kind, id, recordId, service, state, events } = fact;
      return {
        fact: name,
        kind,
        service,
        subject: keys[at]!.subject,
        ...events[0]!.checked.sourceVersion,
        ...said,
        open: state === 'open',
        ids: sealText(keys[at]!, JSON.stringify([id, recordId])),
      };
    });
  }
}

const problemsOf = (outcome: EventOutcome): Problem[] => (outcome.status === 'rejected' ? outcome.problems : []);

import type { KeyStore } from '#lib/sealing';
import { openText } from '#lib/sealing';
import type { Reachable } from '../reachable.js';
import { staysAsItIs, type Vanishing, vanished, vanishingFrom } from './gone.js';
import { nameOf, type Remembered, type RememberedFact } from './remembered.js';
import type { Fact, FactKind, RowVersion } from '../rows/fact.js';
import type { Mapping, Table } from '../sources/mapping.js';

/** Whether the source still holds a fact, as far as its whole content was read. */
export type StillHolds = (fact: RememberedFact) => boolean;

/** What a source no longer holds of what was published. */
export class VanishedFacts {
  constructor(
    private readonly remembered: Reachable<Remembered>,
    private readonly keyStore: Reachable<KeyStore>,
  ) {}

  /** How many would end or be taken back, and how many there are that could. */
  async count(source: string, table: Table, stillHolds: StillHolds): Promise<{ gone: number; all: number }> {
    let [gone, all] = [0, 0];
    for (const of of vanishingFrom(table)) {
      for await (const batch of (await this.remembered.get()).allOf(source, of)) {
        const could = batch.filter(({ open }) => !staysAsItIs(of, open));
        all += could.length;
        gone += could.filter((fact) => !stillHolds(fact)).length;
      }
    }
    return { gone, all };
  }

  /** The same as facts, batch by batch. Of an erased record nothing is left to say; it is forgotten. */
  async *facts(mapping: Mapping, table: Table, stillHolds: StillHolds, version: RowVersion, exported?: Date): AsyncGenerator<Fact[]> {
    const remembered = await this.remembered.get();
    for (const of of vanishingFrom(table)) {
      for await (const batch of remembered.allOf(mapping.name, of, 200)) {
        const gone = batch.filter((fact) => !staysAsItIs(of, fact.open) && !stillHolds(fact));
        if (gone.length > 0) yield await this.opened(mapping, of, gone, version, exported);
      }
    }
  }

  /** One fact that is known by its name alone, as it goes; undefined where it is not there, or is over. */
  async named(mapping: Mapping, table: Table, kind: FactKind, name: Buffer, version: RowVersion, at: Date): Promise<Fact | undefined> {
    const of = vanishingFrom(table).find((vanishing) => vanishing.kind === kind);
    const fact = (await (await this.remembered.get()).of(mapping.name, [name])).get(nameOf(name));
    if (!of || !fact || staysAsItIs(of, fact.open)) return undefined;
    return (await this.opened(mapping, of, [fact], version, at))[0];
  }

  private async opened(
    mapping: Mapping,
    of: Vanishing,
    gone: readonly RememberedFact[],
    version: RowVersion,
    exported?: Date,
  ): Promise<Fact[]> {
    const keys = await (await this.keyStore.get()).keysFor(gone.map(({ subject }) => subject));
    const lost: Buffer[] = [];
    const facts = gone.flatMap(({ subject, ids, fact }) => {
      const key = keys.get(subject);
      if (key === 'erased') lost.push(fact);
      if (key === undefined || typeof key === 'string') return [];
      const [id, recordId] = JSON.parse(openText(key, ids)) as [string, string];
      return [vanished(mapping, of, { id, recordId }, version, exported)];
    });
    await (await this.remembered.get()).forget(mapping.name, lost);
    return facts;
  }
}

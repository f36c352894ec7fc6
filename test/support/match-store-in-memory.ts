import type { Links } from '../../apps/matcher/src/component.js';
import type { KeptDetails } from '../../apps/matcher/src/details.js';
import type { MatchStore, ScoredPair } from '../../apps/matcher/src/match-store.js';
import type { RecordState } from '../../apps/matcher/src/record-state.js';
import type { Ruling } from './match-steps.js';
import type { StewardRules } from '../../libs/matching/src/index.js';

/** The matcher's state without a database, doing what `state/stored.ts` does in SQL. */
export class MatchStoreInMemory implements MatchStore {
  readonly records = new Map<string, RecordState>();
  readonly details = new Map<string, KeptDetails & { gone: boolean }>();
  pairs: ScoredPair[] = [];
  readonly rulings = new Map<string, Ruling>();

  recordsOf(subjects: readonly string[]): Promise<RecordState[]> {
    return Promise.resolve(subjects.flatMap((subject) => this.records.get(subject) ?? []));
  }

  linked({ of, subjects, people, found }: Links): Promise<RecordState[]> {
    const edges = [...this.pairs.map(({ one, other }) => [one, other] as const), ...this.rules().together];
    const linked = edges.flatMap(([one, other]) => [...(of.includes(one) ? [other] : []), ...(of.includes(other) ? [one] : [])]);
    const records = [...this.records.values()].filter(
      ({ subject, person, replacedBy }) =>
        [...subjects, ...linked].includes(subject) || people.includes(person ?? '') || of.includes(replacedBy ?? ''),
    );
    return Promise.resolve(records.filter(({ subject }) => !found.includes(subject)));
  }

  writeRecords(records: readonly RecordState[]): Promise<void> {
    for (const record of records) this.records.set(record.subject, { ...record, newDetails: undefined });
    return Promise.resolve();
  }

  keepDetails(records: readonly RecordState[]): Promise<void> {
    for (const { subject, newDetails, gone, erased } of records) {
      const known = this.details.get(subject);
      if (newDetails) this.details.set(subject, { subject, ...newDetails, gone });
      else if (known) this.details.set(subject, { ...known, gone });
      if (erased) this.details.delete(subject);
    }
    return Promise.resolve();
  }

  async detailsOf(subjects: readonly string[]): Promise<KeptDetails[]> {
    return (await this.sharing()).filter(({ subject }) => subjects.includes(subject));
  }

  sharing(keys?: readonly string[]): Promise<KeptDetails[]> {
    const present = [...this.details.values()].filter(({ gone }) => !gone);
    return Promise.resolve(present.filter((one) => !keys || one.keys.some((key) => keys.includes(key))));
  }

  dropPairs(subjects: readonly string[]): Promise<string[]> {
    const dropped = this.pairs.filter(({ one, other }) => subjects.includes(one) || subjects.includes(other));
    this.pairs = this.pairs.filter((pair) => !dropped.includes(pair));
    const left = new Set(dropped.flatMap(({ one, other }) => [one, other]));
    return Promise.resolve([...left].filter((subject) => !subjects.includes(subject)));
  }

  addPairs(pairs: readonly ScoredPair[]): Promise<void> {
    this.pairs.push(...pairs);
    return Promise.resolve();
  }

  pairsAmong(subjects: readonly string[]): Promise<[string, string][]> {
    const among = this.pairs.filter(({ one, other }) => subjects.includes(one) && subjects.includes(other));
    return Promise.resolve(among.map(({ one, other }) => [one, other]));
  }

  rulesAmong(): Promise<StewardRules> {
    return Promise.resolve(this.rules());
  }

  keepRuling(ruling: Ruling): Promise<void> {
    this.rulings.set([ruling.one, ruling.other].sort().join(), ruling);
    return Promise.resolve();
  }

  private rules(): StewardRules {
    const ruled = (as: string) => [...this.rulings.values()].filter(({ ruling }) => ruling === as);
    const pairs = (as: string) => ruled(as).map(({ one, other }): [string, string] => [one, other]);
    return { together: pairs('together'), apart: pairs('apart') };
  }
}

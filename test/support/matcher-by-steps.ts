import { pairsSharing } from '../../apps/matcher/src/compare-anew.js';
import { decideAnew, takeChanged } from '../../apps/matcher/src/decide-anew.js';
import type { KeptDetails } from '../../apps/matcher/src/details.js';
import type { MatchStore } from '../../apps/matcher/src/match-store.js';
import type { OpenRecords } from '../../apps/matcher/src/open-records.js';
import { componentsOf, type Member, peopleIn } from '../../apps/matcher/src/people.js';
import { changed, newRecord, type RecordChange, type RecordState } from '../../apps/matcher/src/record-state.js';
import type { IdentityDecision } from '../../libs/events/src/index.js';
import {
  comparableOf,
  comparePair,
  DEFAULT_MODEL,
  loadMatchModel,
  type MatchModel,
  type MatchSettings,
} from '../../libs/matching/src/index.js';
import { ERASED, type Ruling, type Said, type Step } from './match-steps.js';

/** The built-in model, by which six records alike are too many. */
export const USUAL_SETTINGS: MatchSettings = { ...DEFAULT_MODEL, largest_component: 5 };
const USUAL: MatchModel = loadMatchModel(USUAL_SETTINGS);
const comparable = ({ subject, sealed }: Pick<KeptDetails, 'subject' | 'sealed'>) => comparableOf({ subject, ...(JSON.parse(sealed.toString()) as Said) }); // prettier-ignore

/** The matcher's own steps, one after the other, on any state; and what a batch makes of the same records. */
export class MatcherBySteps {
  readonly decisions: IdentityDecision[] = [];
  readonly #subjects = new Set<string>();
  readonly #rulings = new Map<string, Ruling>();
  #erased = false;
  /** What it decides by; another after a switch. */
  model = USUAL;
  readonly open: OpenRecords = (details) => {
    const isErased = ({ subject }: KeptDetails) => this.#erased && subject === ERASED;
    const comparables = new Map(details.filter((one) => !isErased(one)).map((one) => [one.subject, comparable(one)]));
    return Promise.resolve({ comparables, erased: details.filter(isErased).map(({ subject }) => subject) });
  };

  /** @param keepRuling keeps in the state what somebody has decided by hand */
  constructor(
    private readonly store: MatchStore,
    private readonly keepRuling: (ruling: Ruling) => Promise<void>,
  ) {}

  async take(steps: readonly Step[]): Promise<void> {
    const changes = steps.filter((step): step is RecordChange => step.kind !== 'rule');
    for (const { subject } of changes) this.#subjects.add(subject);
    const before = new Map((await this.store.recordsOf([...new Set(changes.map(({ subject }) => subject))])).map((one) => [one.subject, one])); // prettier-ignore
    const after = new Map<string, RecordState>(before);
    for (const change of changes) {
      if (change.kind === 'erased') this.#erased = true;
      after.set(change.subject, changed(after.get(change.subject) ?? newRecord(change.subject), change));
    }
    const all = [...after.values()].map((record) => ({ before: before.get(record.subject), after: record }));
    const records = all.filter((record) => record.before !== record.after);
    this.decisions.push(...(await takeChanged(this.store, this, records, this.decisions.length + 1)));
    for (const step of steps) if (step.kind === 'rule') await this.#rule(step);
  }

  async #rule(ruling: Ruling): Promise<void> {
    const pair = [ruling.one, ruling.other].sort();
    if ((this.#rulings.get(pair.join())?.decision ?? 0) >= ruling.decision) return;
    this.#rulings.set(pair.join(), ruling);
    await this.keepRuling(ruling);
    const records = await this.store.recordsOf(pair);
    this.decisions.push(...(await decideAnew(this.store, this, records, this.decisions.length + 1)));
  }

  records(): Promise<RecordState[]> {
    return this.store.recordsOf([...this.#subjects]);
  }

  async people(): Promise<string[]> {
    const people = Map.groupBy(await this.records(), ({ person }) => person);
    return [...people.values()].map((records) => records.map(({ subject }) => subject).sort().join('+')).sort(); // prettier-ignore
  }

  /** The people among the current records, found all at once and from nothing. */
  async peopleAtOnce(model = this.model): Promise<string[]> {
    return (await this.#atOnce(model)).map((members) => members.map(({ subject }) => subject).join('+')).sort(); // prettier-ignore
  }

  /** Why each record is that person: as is held, and as a batch says. */
  async reasons(): Promise<{ held: Record<string, string | null>; atOnce: Record<string, string | null> }> {
    const held = (await this.records()).map(({ subject, reason }) => [subject, reason] as const);
    const atOnce = (await this.#atOnce(this.model)).flat().map(({ subject, reason }) => [subject, reason] as const);
    return { held: Object.fromEntries(held), atOnce: Object.fromEntries(atOnce) };
  }

  async #atOnce(model: MatchModel): Promise<Member[][]> {
    const details = (await this.store.detailsOf([...this.#subjects])).filter(({ subject }) => !(this.#erased && subject === ERASED));
    const comparables = new Map(details.map((one) => [one.subject, comparable(one)]));
    const pairs = pairsSharing(details, new Set(comparables.keys())).filter(([a, b]) => comparePair(comparables.get(a)!, comparables.get(b)!, model).zone !== 'apart'); // prettier-ignore
    const ruled = (as: string) => [...this.#rulings.values()].filter((one) => one.ruling === as).map(({ one, other }): [string, string] => [one, other]); // prettier-ignore
    const components = componentsOf(await this.records(), { pairs, rules: { together: ruled('together'), apart: ruled('apart') } });
    return peopleIn(components, comparables, model);
  }
}

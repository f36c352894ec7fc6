import type { MatchSettings } from '#lib/matching';
import type { Comparing } from './compare-anew.js';
import { matchingBy, type Matching } from './model.js';
import type { OpenRecords } from './open-records.js';

/** How records are compared by each model at hand: the one that decides, and one that is worked out beside it. Which decides, the state says. */
export class ComparingBy {
  readonly #known = new Map<string | null, Comparing>();
  /** As it was read last: it is asked for with every step of a candidate. */
  #last: { settings: string; comparing: Comparing } | undefined;

  /** @param opener made for each model: what one opens does not push out what the other has open */
  constructor(
    private readonly live: Matching,
    private readonly opener: () => OpenRecords,
  ) {
    this.#known.set(live.model.version, { model: live.model, open: opener() });
  }

  /** @param settings of a model, as JSON @throws Error naming every mistake in them */
  with(settings: string): Comparing {
    if (this.#last?.settings === settings) return this.#last.comparing;
    const { model } = matchingBy(JSON.parse(settings) as MatchSettings, this.live.sensitiveSources);
    const comparing = this.#known.get(model.version) ?? { model, open: this.opener() };
    this.#known.set(model.version, comparing);
    this.#last = { settings, comparing };
    return comparing;
  }

  /** What this process was started with. */
  get fromFile(): { version: string; settings: string } {
    return { version: this.live.model.version, settings: JSON.stringify(this.live.settings) };
  }

  of(version: string | null): Comparing {
    const comparing = this.#known.get(version);
    if (!comparing) throw new Error(`expected a model at hand, not ${version}`);
    return comparing;
  }
}

import type { IdentityDecision } from '#lib/events';
import type { HaltError } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import type { Comparing } from '../compare-anew.js';
import type { ComparingBy } from '../comparing-by.js';
import { Rounds } from '../rounds.js';
import { anyWaits } from '../state/differing.js';
import { type CandidateModel, candidateModel } from '../state/models.js';
import type { State } from '../state/open-state.js';
import { isCatchingUp } from '../state/progress.js';
import { switchStep } from '../take-in.js';
import { beginCandidate, dropCandidate } from './begin-and-drop.js';
import { type BuildStep, buildStep } from './build-step.js';
import { switchOver } from './switch-over.js';

interface BesideParts {
  state: State;
  writer: number;
  comparing: ComparingBy;
  logger: Logger;
  /** Decisions were made. */
  decided(decisions: readonly IdentityDecision[]): void;
  /** All that the models decide differently is decided. */
  settled(): void;
  /** Going on would be wrong: a person must look. */
  onHalt(halt: HaltError): void;
}

const LOOK_EVERY_MS = 500;
/** Few enough that what comes meanwhile hardly waits, neither for the processor nor for the state. */
const COMPARED_AT_ONCE = 100;
const DECIDED_AT_ONCE = 200;

/** Look again later, go on at once, or rest as long as the last turn took. */
type Next = 'look later' | 'go on' | 'rest';

/** Works a proposed model out beside the live one, which decides meanwhile as ever, and switches to it when it is asked to. */
export class Beside {
  readonly #rounds: Rounds;

  constructor(private readonly o: BesideParts) {
    this.#rounds = new Rounds({ ...o, what: 'work on a proposed model', round: (stopping) => this.#round(stopping) });
  }

  start(): void {
    this.#rounds.start();
  }

  stop(): Promise<void> {
    return this.#rounds.stop();
  }

  async #round(stopping: AbortSignal): Promise<number> {
    const begun = performance.now();
    const next = (await this.#decideWaiting()) ? 'go on' : await this.#turn(stopping);
    return { 'look later': LOOK_EVERY_MS, 'go on': 0, rest: performance.now() - begun }[next];
  }

  /** Some of what the model that was switched to decides otherwise. @returns whether anything was left */
  async #decideWaiting(): Promise<boolean> {
    const { state, writer, comparing, decided, settled } = this.o;
    if (!(await state.transaction(anyWaits))) return false;
    const decisions = await state.transaction((client) => switchStep(client, writer, comparing, DECIDED_AT_ONCE));
    if (decisions === 'done') return false;
    decided(decisions);
    settled();
    return true;
  }

  async #turn(stopping: AbortSignal): Promise<Next> {
    const { state, writer, logger } = this.o;
    if (await state.transaction((client) => isCatchingUp(client, writer))) return 'look later';
    const candidate = await state.transaction(candidateModel);
    if (!candidate) return 'look later';
    const comparing = candidate.wanted === 'drop' ? undefined : this.#comparingOf(candidate);
    if (!comparing) {
      await dropCandidate(this.o, candidate.id);
      return 'look later';
    }
    const model = comparing.model.version;
    // One that was begun by another version of us says something else.
    if (candidate.version !== model) {
      await beginCandidate(this.o, candidate.id, model);
      logger.info({ model }, 'a proposed model is worked out beside the live one');
      return 'go on';
    }
    if (candidate.wanted === 'switch') return this.#switch(candidate, comparing, stopping);
    const { worked, behind } = await this.#step(comparing);
    if (!worked) return 'look later';
    return candidate.state === 'building' && !behind ? 'rest' : 'go on';
  }

  /** Nothing where this version of us can't use its settings. */
  #comparingOf({ settings }: CandidateModel): Comparing | undefined {
    try {
      return this.o.comparing.with(settings);
    } catch (err) {
      this.o.logger.error({ err }, 'a proposed model can’t be used, and is dropped');
      return undefined;
    }
  }

  #step(comparing: Comparing): Promise<BuildStep> {
    return this.o.state.transaction((client) => buildStep(client, comparing, COMPARED_AT_ONCE));
  }

  async #switch(candidate: CandidateModel, comparing: Comparing, stopping: AbortSignal): Promise<Next> {
    const { logger } = this.o;
    const model = comparing.model.version;
    const switched = await switchOver({ ...this.o, stopping }, candidate, comparing, () => this.#step(comparing));
    if ('decidedAnew' in switched) logger.info({ ...switched, model }, 'switched to another match model');
    else
      logger.error({ ...switched, model }, 'a switch to another match model was asked for and is refused; asked again, it is tried again');
    return 'go on';
  }
}

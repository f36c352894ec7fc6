import { setTimeout as pause } from 'node:timers/promises';
import type { IdentityDecision } from '#lib/events';
import type { Logger } from '#lib/runtime';
import type { Comparing } from '../compare-anew.js';
import type { ComparingBy } from '../comparing-by.js';
import { emptyCandidate, forgetCandidate } from '../state/candidate.js';
import { beginModel, type CandidateModel, candidateModel, endModel } from '../state/models.js';
import type { State } from '../state/open-state.js';
import { isCatchingUp, lockProgress } from '../state/progress.js';
import { anyWaits } from '../state/records.js';
import { switchStep } from '../take-in.js';
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
}

const LOOK_EVERY_MS = 500;
/** Few enough that what comes meanwhile hardly waits, neither for the processor nor for the state. */
const COMPARED_AT_ONCE = 100;
const DECIDED_AT_ONCE = 200;

/** Look again later, go on at once, or rest as long as the last turn took. */
type Next = 'look later' | 'go on' | 'rest';

/** Works a proposed model out beside the live one, which decides meanwhile as ever, and switches to it when it is asked to. */
export class Beside {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly o: BesideParts) {}

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const begun = performance.now();
      let next: Next = 'look later';
      try {
        next = (await this.#decideWaiting()) ? 'go on' : await this.#turn();
      } catch (err) {
        if (!signal.aborted) this.o.logger.warn({ err }, 'a proposed model could not be worked on, trying again');
      }
      const rest = { 'look later': LOOK_EVERY_MS, 'go on': 0, rest: performance.now() - begun }[next];
      await pause(rest, undefined, { signal }).catch(() => undefined);
    }
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

  async #turn(): Promise<Next> {
    const { state, writer, logger } = this.o;
    if (await state.transaction((client) => isCatchingUp(client, writer))) return 'look later';
    const candidate = await state.transaction(candidateModel);
    if (!candidate) return 'look later';
    if (candidate.wanted === 'drop') return this.#drop(candidate);
    const comparing = this.#comparingOf(candidate);
    if (!comparing) return this.#drop(candidate);
    // One that was begun by another version of us says something else.
    if (candidate.version !== comparing.model.version) return this.#begin(candidate, comparing);
    if (candidate.wanted === 'switch') {
      const switched = await switchOver(this.o, candidate, comparing, () => this.#step(comparing));
      logger.info({ ...switched, model: comparing.model.version }, 'switched to another match model');
      return 'go on';
    }
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

  async #begin({ id }: CandidateModel, { model }: Comparing): Promise<Next> {
    await this.o.state.transaction(async (client) => {
      await lockProgress(client, this.o.writer);
      await beginModel(client, id, model.version);
      await emptyCandidate(client);
    });
    this.o.logger.info({ model: model.version }, 'a proposed model is worked out beside the live one');
    return 'go on';
  }

  async #drop({ id }: CandidateModel): Promise<Next> {
    await this.o.state.transaction(async (client) => {
      await lockProgress(client, this.o.writer);
      await endModel(client, id);
      await forgetCandidate(client);
    });
    return 'look later';
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { LogConsumption } from '#lib/kafka';
import { allGenerations, FOLD_VERSION, type ListedGeneration, noteKeptUp, openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import { ANSWER_WITHIN_MS, foldGeneration, haltCodeOf } from './fold-generation.js';
import type { Measures } from './measures.js';
import { type OpenLogs, openLogs } from './open-logs.js';
import type { ProjectorSettings } from './settings.js';

const LOOK_EVERY_MS = 1_000;
const OPEN_WITHIN_MS = 3_000;

/** What keeps up with the logs: what readers see, what they may see next, and what they saw before. */
const KEPT_UP: ReadonlySet<ListedGeneration['state']> = new Set(['live', 'ready', 'retired']);

/**
 * Folds every generation that keeps up with the logs and was folded by this version of the projections; the others are left to processes
 * of their version. Looks every second which those are, so that a switch changes nothing in who folds what.
 */
export class FoldingGenerations {
  private readonly control: ReadModelPool;
  private readonly folded = new Map<number, LogConsumption>();
  private readonly halted = new Map<number, Error>();
  private logs: OpenLogs | undefined;
  private live: ListedGeneration | undefined;
  private stopped = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(
    private readonly settings: ProjectorSettings,
    private readonly measures: Measures,
    private readonly logger: Logger,
  ) {
    this.control = openReadModel(settings.readModelUrl, { max: 2, pipeline: true, answerWithin: ANSWER_WITHIN_MS });
  }

  start(): void {
    this.looking = this.keepLooking();
  }

  /** @throws when this process does not fold what it should. */
  async look(): Promise<void> {
    await this.control.query('SELECT 1');
    if (!this.live) throw new Error('which generation is live is not known yet');
    const halted = this.halted.get(this.live.id);
    if (halted) throw halted;
    // Of two versions side by side, each folds its own generations.
    const mine = this.live.foldVersion === FOLD_VERSION ? [this.folded.get(this.live.id)] : [...this.folded.values()];
    if (!mine.some((consumption) => consumption?.ready())) throw new Error(this.whyNothing(this.live));
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    // What is being opened may be waiting for a registry that is away.
    await Promise.race([this.looking, pause(OPEN_WITHIN_MS, undefined, { ref: false })]);
    await Promise.all([...this.folded.values()].map((consumption) => consumption.stop()));
    await this.logs?.close();
    await this.control.end();
  }

  private async keepLooking(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        await this.foldWhatKeepsUp();
        await noteKeptUp(this.control, this.assigned());
      } catch (error) {
        if ((error as { retriable?: unknown }).retriable === false) this.halt(undefined, error as Error);
        else this.logger.warn({ err: error }, 'something the projector needs is not there yet');
      }
      await pause(LOOK_EVERY_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  private async foldWhatKeepsUp(): Promise<void> {
    const generations = await allGenerations(this.control);
    this.live = generations.find(({ state }) => state === 'live');
    this.measures.generations(generations);
    const wanted = generations.filter(({ state, foldVersion }) => KEPT_UP.has(state) && foldVersion === FOLD_VERSION);
    const numbers = new Set(wanted.map(({ id }) => id));
    for (const [id, consumption] of this.folded)
      if (!numbers.has(id)) {
        this.folded.delete(id);
        this.logger.info({ generation: id }, 'no longer folded');
        consumption.stop().catch((error: unknown) => this.logger.warn({ err: error, generation: id }, 'it did not stop cleanly'));
      }
    if (wanted.length === 0) return;
    this.logs ??= await openLogs(this.settings, this.logger);
    for (const generation of wanted) if (!this.folded.has(generation.id)) this.fold(generation, this.logs);
  }

  /** The generations of which this process has partitions to fold. */
  private assigned(): number[] {
    return [...this.folded].flatMap(([id, consumption]) => (consumption.ready() && !this.halted.has(id) ? [id] : []));
  }

  private fold(generation: ListedGeneration, logs: OpenLogs): void {
    if (this.stopped.signal.aborted || this.halted.has(generation.id)) return;
    const { settings, measures, logger } = this;
    this.logger.info({ generation: generation.id, state: generation.state }, 'folding');
    const onHalt = (error: Error) => this.halt(generation, error);
    try {
      this.folded.set(generation.id, foldGeneration({ generation, logs, settings, measures, logger, onHalt }));
    } catch (error) {
      onHalt(error as Error);
    }
  }

  /** @param generation undefined: what halts concerns them all. */
  private halt(generation: ListedGeneration | undefined, error: Error): void {
    const id = generation?.id ?? this.live?.id ?? 0;
    if (this.halted.has(id)) return;
    this.halted.set(id, error);
    this.measures.halt(haltCodeOf(error));
    this.logger.fatal({ err: error, generation: id }, 'halted: nothing is skipped, a person must look');
  }

  private whyNothing({ id, foldVersion }: ListedGeneration): string {
    if (foldVersion === FOLD_VERSION) return 'no partitions are assigned yet';
    return `live generation ${id} is of fold version ${foldVersion}, this code folds version ${FOLD_VERSION}: it must not write there. Rebuild, then switch.`;
  }
}

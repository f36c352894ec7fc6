import { setTimeout as pause } from 'node:timers/promises';
import { topicsOf } from '#lib/events';
import { brokersOf, connectKafka, type LogConsumption } from '#lib/kafka';
import { askForRegularCheck, liveGeneration, openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import { ANSWER_WITHIN_MS } from '../fold-generation.js';
import type { Measures } from '../measures.js';
import { type OpenLogs, openLogs } from '../open-logs.js';
import { buildNext } from '../rebuild/build-next.js';
import { countRejections } from '../rejections/count-rejections.js';
import type { ProjectorSettings } from '../settings.js';
import { lastMeasured, measureScores } from '../scores/measure-scores.js';
import { loadTellingSources, type TellingSources } from '../scores/telling-sources.js';
import { loadSources } from '../watch/load-sources.js';
import { Watch } from '../watch/watch.js';
import { keepWatching } from '../watch/watching.js';
import type { WatchMeasures } from '../watch/watch-measures.js';
import { runNextRequest } from './run-requests.js';

const LOOK_EVERY_MS = 500;
const TRY_AGAIN_MS = 2_000;
const TRY_SCORES_EVERY_MS = 10_000;
const STOP_WITHIN_MS = 8_000;

/** Everything that must not slow the live generation down: builds generations, does what operators ask for, checks and watches what readers see. */
export class Upkeep {
  private readonly control: ReadModelPool;
  private readonly writing: ReadModelPool;
  private readonly long: ReadModelPool;
  private readonly stopped = new AbortController();
  private opening: Promise<OpenLogs> | undefined;
  private loops: Promise<unknown> | undefined;
  /** What each kind of work failed with when it was last tried. */
  private readonly troubles = new Map<string, unknown>();
  private rejections: LogConsumption | undefined;
  private rejectionsHalted: Error | undefined;
  private readonly watch: Watch;
  private readonly telling: TellingSources;
  private triedScores = 0;

  constructor(
    private readonly settings: ProjectorSettings,
    private readonly measures: Measures,
    private readonly watchMeasures: WatchMeasures,
    private readonly logger: Logger,
  ) {
    const onIdleError = (err: Error) => logger.warn({ err }, 'read model connection lost');
    const answerWithin = ANSWER_WITHIN_MS;
    this.control = openReadModel(settings.readModelUrl, { max: 10, pipeline: true, answerWithin, onIdleError });
    this.writing = openReadModel(settings.readModelUrl, { max: 5, forWriting: true, pipeline: true, answerWithin, onIdleError });
    this.long = openReadModel(settings.readModelUrl, { max: 5, forWriting: true, onIdleError });
    this.telling = loadTellingSources(settings.authorityFile);
    this.watch = new Watch({
      sources: loadSources(settings.authorityFile),
      control: this.control,
      writing: this.writing,
      long: this.long,
      // Of its own: what watches needs neither registry nor key store.
      kafka: connectKafka({ ...brokersOf(settings), clientId: 'watch', logger }),
      topics: topicsOf(settings.topicPrefix),
      settings,
      measures: watchMeasures,
      logger,
    });
  }

  start(): void {
    this.loops = Promise.all([
      this.repeat('building', async (parts) => (await buildNext({ ...parts, measures: this.measures })) !== undefined),
      this.repeat('requests', (parts) => runNextRequest(parts)),
      this.checkNowAndThen(),
      this.repeat('refusals', async (parts) => this.countRefusals(parts.logs)),
      this.repeat('scorecards', () => this.measureScores()),
      keepWatching({ watch: this.watch, every: this.settings.watchEvery, signal: this.stopped.signal, logger: this.logger }),
    ]);
  }

  /** @throws where the last thing tried did not work. */
  async look(): Promise<void> {
    await this.control.query('SELECT 1');
    if (this.rejectionsHalted) throw this.rejectionsHalted;
    for (const trouble of this.troubles.values()) throw trouble;
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    const ended = Promise.all([this.loops, this.rejections?.stop()]);
    const within = () => pause(STOP_WITHIN_MS, undefined, { ref: false });
    await Promise.race([ended, within()]);
    await (await this.opening?.catch(() => undefined))?.close();
    // What takes its time waits for its answer as long as the system does: a network that forgot the connection gives none.
    await Promise.race([Promise.all([this.control.end(), this.writing.end(), this.long.end()]), within()]);
  }

  /** Does one thing after the other for as long as there is something to do, and looks again after a while. */
  private async repeat(work: string, next: (parts: Parameters<typeof runNextRequest>[0]) => Promise<boolean>): Promise<void> {
    while (!this.stopped.signal.aborted) {
      let wait = LOOK_EVERY_MS;
      try {
        const { settings, logger, control, writing, long } = this;
        const logs = await this.openedLogs();
        if (await next({ settings, logger, control, writing, long, logs, signal: this.stopped.signal })) wait = 0;
        this.troubles.delete(work);
      } catch (error) {
        this.troubles.set(work, error);
        this.logger.warn({ err: error, work }, 'upkeep is interrupted, trying again');
        wait = TRY_AGAIN_MS;
      }
      await this.pause(wait);
    }
  }

  private async checkNowAndThen(): Promise<void> {
    const { checkEvery, checkPeople } = this.settings;
    if (checkEvery === 0) return;
    while (!this.stopped.signal.aborted) {
      await this.pause(checkEvery * 1_000);
      if (this.stopped.signal.aborted) return;
      const regular = { people: checkPeople, every: checkEvery };
      await askForRegularCheck(this.control, regular).catch((error: unknown) => this.logger.warn({ err: error }, 'no check was asked for'));
    }
  }

  /** Begins once; the consumption goes on by itself. */
  private countRefusals({ kafka, topics, reader }: OpenLogs): false {
    if (this.stopped.signal.aborted) return false;
    this.rejections ??= countRejections({
      kafka,
      codec: reader.codec,
      topic: topics.rejections,
      groupId: `${topicsOf(this.settings.topicPrefix).projectorGroups}rejections`,
      pool: this.control,
      measures: this.watchMeasures,
      logger: this.logger,
      onHalt: (error) => (this.rejectionsHalted = error),
    });
    return false;
  }

  /** However many processes do so, it is measured when it was not for so long. */
  private async measureScores(): Promise<false> {
    const last = await lastMeasured(this.control);
    const due = last === null || Date.now() - last >= this.settings.scoreEvery * 1_000;
    // While nothing is held yet there is nothing to measure.
    if (!due || Date.now() - this.triedScores < TRY_SCORES_EVERY_MS) return false;
    this.triedScores = Date.now();
    await measureScores(this.long, (await liveGeneration(this.control)).schema, Date.now(), this.telling);
    return false;
  }

  private openedLogs(): Promise<OpenLogs> {
    this.opening ??= openLogs(this.settings, this.logger).catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  private async pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }
}

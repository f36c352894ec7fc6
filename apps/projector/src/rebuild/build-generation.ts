import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { type LogConsumption, logEnds } from '#lib/kafka';
import {
  createGenerationIndexes,
  createGenerationTables,
  eventsBehind,
  foldedTo,
  generationNumbered,
  holdParkedLock,
  type ListedGeneration,
  type ReadModelPool,
  tables,
} from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import { checkpointsOf, foldGeneration, haltCodeOf } from '../fold-generation.js';
import { interruptible } from '../interruptible.js';
import type { Measures } from '../measures.js';
import type { OpenLogs } from '../open-logs.js';
import type { ProjectorSettings } from '../settings.js';
import { discardAgain } from '../upkeep/discard.js';
import { redriveAgain } from '../upkeep/redrive.js';
import { noteBeginning, noteBuildProgress, notedEnds, type NotedEnd, noteFailure, noteReady, noteStage } from './build-rows.js';
import { Pace } from './pace.js';
import { Rate } from './rate.js';

export interface BuildParts {
  control: ReadModelPool;
  writing: ReadModelPool;
  /** For statements that may take minutes. */
  long: ReadModelPool;
  logs: OpenLogs;
  settings: ProjectorSettings;
  measures: Measures;
  logger: Logger;
  /** Aborted when the process stops: the build goes on where it was in the next. */
  signal: AbortSignal;
}

/** How a build ended for now. */
export type BuildResult = 'ready' | 'cancelled' | 'halted' | 'stopped';

const LOOK_EVERY_MS = 500;
/** A generation this close to the end of the logs keeps up by itself. */
const CAUGHT_UP_EVENTS = 500;

/**
 * Builds one generation from wherever its last builder left it: bulk into tables without secondary indexes up to the offsets noted at the
 * start, then the indexes, then the rest of the logs. Every stage can be killed: what it did is in the checkpoints or in the catalogue.
 */
export class GenerationBuild {
  private readonly pace = new Pace();
  private readonly rate = new Rate();
  private halted: Error | undefined;

  /** @param lock the connection that holds the generation's lock */
  constructor(
    private readonly lock: PoolClient,
    private generation: ListedGeneration,
    private readonly parts: BuildParts,
  ) {}

  async run(): Promise<BuildResult> {
    const { id } = this.generation;
    try {
      await this.obey();
      if (this.generation.stage === 'waiting') await this.begin();
      if (this.generation.stage === 'bulk') await this.foldUntil(await this.passed(await notedEnds(this.lock, id)), 'indexes');
      if (this.generation.stage === 'indexes') await this.makeIndexes();
      // It goes on folding while somebody lets go of parked events: a generation that keeps up is among those, one that is being built is not.
      await this.foldUntil(async () => (await this.caughtUp()) && holdParkedLock(this.lock));
      await discardAgain(this.parts, this.generation.schema);
      await redriveAgain(this.parts, this.generation.schema);
      await this.obey();
      return (await noteReady(this.lock, id)) ? 'ready' : 'cancelled';
    } catch (error) {
      if (error instanceof Interrupted) return error.why;
      if (this.parts.signal.aborted) return 'stopped';
      throw error;
    }
  }

  private async begin(): Promise<void> {
    const ends = await this.endsNow();
    const topics = [...new Set(ends.map(({ topic }) => topic))];
    const { id, schema, partitions } = this.generation;
    await this.lock.query('BEGIN');
    try {
      await createGenerationTables(this.lock, schema);
      await checkpointsOf(this.lock, { schema, partitions, topics });
      await noteBeginning(this.lock, id, ends);
      await this.lock.query('COMMIT');
    } catch (error) {
      await this.lock.query('ROLLBACK');
      throw error;
    }
    this.generation = await generationNumbered(this.lock, id);
  }

  private async makeIndexes(): Promise<void> {
    const { id, schema } = this.generation;
    await interruptible(this.parts.long, this.parts.signal, async (client) => {
      await client.query(`SET maintenance_work_mem = '128MB'`);
      await createGenerationIndexes(client, schema, async (statement) => {
        await this.obey();
        this.parts.logger.info({ generation: id, statement }, 'making an index');
        await noteBuildProgress(this.lock, id, { done: this.generation.eventsDone, perSecond: 0 });
      });
      for (const { name } of Object.values(tables)) await client.query(`ANALYZE ${schema}.${name}`);
    });
    await noteStage(this.lock, id, 'catching-up');
  }

  /** Folds until `reached`, doing what the operator wants meanwhile. */
  private async foldUntil(reached: () => Promise<boolean>, next?: 'indexes'): Promise<void> {
    let folding: LogConsumption | undefined;
    try {
      for (;;) {
        const { wanted } = await this.obey();
        if (wanted === 'pause') {
          await folding?.stop();
          folding = undefined;
        } else folding ??= this.fold();
        await this.noteProgress();
        if (folding && (await reached())) break;
        await pause(LOOK_EVERY_MS, undefined, { signal: this.parts.signal }).catch(() => undefined);
      }
    } finally {
      await folding?.stop();
    }
    // It may have halted since: then it has not got there.
    await this.obey();
    if (!next) return;
    await noteStage(this.lock, this.generation.id, next);
    this.generation = await generationNumbered(this.lock, this.generation.id);
  }

  private fold(): LogConsumption {
    const { logs, settings, measures, logger } = this.parts;
    this.halted = undefined;
    return foldGeneration({
      generation: this.generation,
      logs,
      settings,
      measures,
      logger,
      onHalt: (error) => (this.halted = error),
      before: (batch) => this.pace.turn(batch),
    });
  }

  /** Reads what the operator wants, on the connection that holds the lock: should that break, the build ends. @throws Interrupted */
  private async obey(): Promise<ListedGeneration> {
    if (this.parts.signal.aborted) throw new Interrupted('stopped');
    const now = await generationNumbered(this.lock, this.generation.id);
    if (now.state !== 'building' || now.wanted === 'cancel') throw new Interrupted('cancelled');
    if (this.halted) {
      await noteFailure(this.lock, now.id, haltCodeOf(this.halted));
      throw new Interrupted('halted');
    }
    this.pace.perSecond = now.throttle;
    return now;
  }

  private async noteProgress(): Promise<void> {
    const { id, schema } = this.generation;
    const done = (await foldedTo(this.lock, schema)).reduce((sum, { offset }) => sum + offset, 0);
    await noteBuildProgress(this.lock, id, { done, perSecond: this.rate.of(done) });
  }

  private async passed(ends: readonly NotedEnd[]): Promise<() => Promise<boolean>> {
    return async () => (await this.behind(ends)) === 0;
  }

  private async caughtUp(): Promise<boolean> {
    return (await this.behind(await this.endsNow())) <= CAUGHT_UP_EVENTS;
  }

  private async endsNow(): Promise<NotedEnd[]> {
    const { kafka, topics } = this.parts.logs;
    const ends = [topics.involvementLog, topics.identityLog].map(async (topic) =>
      (await logEnds(kafka, topic)).map((end) => ({ topic, ...end })),
    );
    return (await Promise.all(ends)).flat();
  }

  /** Events that stand before these ends and are not folded yet. */
  private async behind(ends: readonly NotedEnd[]): Promise<number> {
    return eventsBehind(await foldedTo(this.lock, this.generation.schema), ends);
  }
}

/** The build stops here, for now or for good. */
class Interrupted extends Error {
  constructor(readonly why: Exclude<BuildResult, 'ready'>) {
    super(why);
  }
}

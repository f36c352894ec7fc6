import { setTimeout as pause } from 'node:timers/promises';
import { silenceOf, type Source, type Topics } from '#lib/events';
import type { Kafka } from '#lib/kafka';
import {
  allGenerations,
  isBalanced,
  type ListedGeneration,
  NoLiveGenerationError,
  partitionTallies,
  problemsWaiting,
  type ReadModelPool,
} from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import type { ProjectorSettings } from '../settings.js';
import { type Alarm, ALARM_CODES, type OpenAlarm } from './alarm.js';
import { differencesIn, judgeDifferences } from './judge-differences.js';
import { comparable, judgeDrop } from './judge-drop.js';
import { judgeBehind, judgeBuilds, judgeRequests } from './judge-generations.js';
import { judgeParked } from './judge-parked.js';
import { judgeTally } from './judge-tally.js';
import { keepAlarms, lastAccepted, openAlarms } from './keep-alarms.js';
import { forgetHours, highestOfADay, keepEvents, keepHour, keepMinute } from './keep-source-days.js';
import { readBehind, readComparisons, readParked, readRequests } from './read-generation.js';
import { countSources, readSources, type SourceSaid } from './read-sources.js';
import { NOTHING_COUNTED, type SourceCounts } from './source-counts.js';
import type { WatchMeasures } from './watch-measures.js';

export interface WatchParts {
  sources: readonly Source[];
  /** Goes by indexes; the other may read tables whole. */
  control: ReadModelPool;
  writing: ReadModelPool;
  /** May take minutes: counts whole tables. */
  long: ReadModelPool;
  kafka: Kafka;
  topics: Pick<Topics, 'involvementLog' | 'identityLog'>;
  settings: ProjectorSettings;
  measures: WatchMeasures;
  logger: Logger;
}

/** Brokers that are away must not keep anything else from being watched. */
const LOGS_WITHIN_MS = 5_000;
interface CountedHere {
  schema: string;
  at: number;
  /** Sources that had said before it that they are complete. */
  complete: ReadonlySet<string>;
  here: Awaited<ReturnType<typeof countSources>>;
}

const KEPT_UP = new Set(['live', 'ready', 'retired']);

/** Looks at everything that may go wrong in silence, keeps what it saw, raises and clears alarms. */
export class Watch {
  private counted: CountedHere | undefined;

  constructor(private readonly parts: WatchParts) {}

  /** One look. @throws where the read model does not answer: nothing is judged then, and the minute stays unwatched. */
  async look(now: number): Promise<void> {
    const { control, writing, settings, measures, logger } = this.parts;
    const generations = await allGenerations(control);
    const live = generations.find(({ state }) => state === 'live');
    if (!live) throw new NoLiveGenerationError();
    const [accepted, open] = await Promise.all([lastAccepted(control), openAlarms(control)]);
    const sources = await this.lookAtSources(live, open, now);
    const parked = await readParked(control, live.schema);
    const tally = await partitionTallies(writing, live.schema);
    const differences = differencesIn(generations, await readComparisons(control), {
      acceptedAt: accepted.get('difference-found') ?? null,
    });
    const requests = await readRequests(control);
    const behind = await this.lookAtLogs(generations, now);
    const judged: Alarm[] = [
      ...sources.alarms,
      ...judgeParked(parked, { count: settings.parkedToAlarm, age: settings.parkedAgeToAlarm, now }),
      ...judgeTally(tally),
      ...judgeDifferences(differences),
      ...judgeBehind(behind ?? []),
      ...judgeBuilds(generations),
      ...judgeRequests(requests.last, { acceptedAt: accepted.get('upkeep-request-failed') ?? null }),
    ];
    await keepAlarms(control, behind ? ALARM_CODES : ALARM_CODES.filter((code) => code !== 'generation-behind'), judged, logger);
    measures.seen({
      now,
      sources: sources.seen,
      parked,
      unbalanced: tally.filter((one) => !isBalanced(one)).length,
      differences,
      waiting: requests.waiting,
      generations,
      behind,
      problems: await problemsWaiting(control),
      open: await openAlarms(control),
    });
  }

  private async lookAtSources(live: ListedGeneration, open: readonly OpenAlarm[], now: number) {
    const { sources, control, writing } = this.parts;
    const said = await readSources(writing, live, sources);
    const { here, complete } = await this.countsHere(live, said, now);
    const seen = said.map(({ source, lastHeardAt, completeTo, recordsHeld, openHeld }, at) => ({
      source,
      lastHeardAt,
      completeTo,
      ...silenceOf(sources[at]!, { lastHeardAt, completeTo }, now),
      ...({
        recordsHeld,
        openHeld,
        recordsHere: here.get(source)?.recordsHere ?? 0,
        openHere: here.get(source)?.openHere ?? 0,
      } satisfies SourceCounts),
    }));
    await keepMinute(control, seen, now);
    await keepEvents(writing, live.schema, now);
    const drops = open.filter(({ code }) => code === 'source-dropped');
    await forgetHours(
      control,
      drops.filter(({ acceptedAt }) => acceptedAt !== null).map(({ source }) => source ?? ''),
    );
    const held = seen.map((one) => comparable(one, { complete: complete.has(one.source) }));
    await keepHour(
      control,
      held,
      seen.map(({ source }) => source),
      now,
    );
    const highest = await highestOfADay(control, now);
    const alarms = seen.flatMap((one, at): Alarm[] => {
      const { source, late, lastHeardAt, completeTo } = one;
      const dropped = judgeDrop(sources[at]!, {
        highest: highest.get(source) ?? NOTHING_COUNTED,
        now: held[at]!,
        open: drops.find((alarm) => alarm.source === source),
      });
      return [
        ...(late ? [{ code: 'source-silent' as const, source, details: { lastHeardAt, completeTo } }] : []),
        ...(dropped ? [dropped] : []),
      ];
    });
    return { seen, alarms };
  }

  /** The index's own counts: every so often, and at once for a generation that has just gone live. */
  private async countsHere({ schema }: ListedGeneration, said: readonly SourceSaid[], now: number): Promise<CountedHere> {
    const { long, settings } = this.parts;
    if (this.counted?.schema !== schema || now - this.counted.at >= settings.countEvery * 1_000)
      this.counted = {
        schema,
        at: now,
        complete: new Set(said.filter(({ completeTo }) => completeTo !== null).map(({ source }) => source)),
        here: await countSources(long, schema),
      };
    return this.counted;
  }

  /** @returns undefined where the brokers do not answer: how far anything is behind is not known then. */
  private async lookAtLogs(generations: readonly ListedGeneration[], now: number) {
    const { writing, kafka, topics, settings, logger } = this.parts;
    const reading = readBehind(writing, kafka, {
      generations: generations.filter(({ state }) => KEPT_UP.has(state)),
      topics: [topics.involvementLog, topics.identityLog],
      tolerated: settings.behindToAlarm * 1_000,
      now,
    });
    const late = pause(LOGS_WITHIN_MS, undefined, { ref: false }).then(() => {
      throw new Error(`the brokers did not answer within ${LOGS_WITHIN_MS} ms`);
    });
    try {
      return await Promise.race([reading, late]);
    } catch (error) {
      logger.warn({ err: error }, 'how far generations are behind the logs is not known');
      return undefined;
    } finally {
      for (const left of [reading, late]) left.catch(() => undefined);
    }
  }
}

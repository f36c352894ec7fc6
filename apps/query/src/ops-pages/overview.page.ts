import { Get, Inject } from '@nestjs/common';
import { allGenerations, lastRequests, partitionTallies } from '#lib/read-model';
import { type Authority, databaseName } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { whatToLookAt } from './look-at.js';
import { Operate } from './operate.js';
import type { Sight } from './sight.js';
import { readAlarms } from './read-alarms.js';
import { lastComparisons } from './read-comparisons.js';
import { readParked } from './read-parked.js';
import { readPipeline } from './read-pipeline.js';
import { readSources } from './read-sources.js';
import { renderOperations } from './render-operations.js';
import { factsOf } from './request-words.js';
import { requestLine } from './request-line.js';

const REQUESTS = 5;
/** Requests looked through for what failed or waits. */
const LOOKED_THROUGH = 50;

@PageController()
export class OverviewPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/operations')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    const shown = await this.operate.look(asker, 'overview', (sight) => this.read(sight));
    return renderOperations(this.pages, asker, 'overview.njk', { title: 'Operations', section: 'overview' }, shown);
  }

  private async read(sight: Sight) {
    const { now } = sight;
    const named = (id: string) => databaseName(this.authority, id);
    const sources = await readSources(sight, this.authority);
    const alarms = (await readAlarms(sight)).map((alarm) => ({
      ...alarm,
      source: alarm.source && named(alarm.source),
      about: factsOf(alarm.details, this.authority),
    }));
    const parked = await readParked(sight);
    const generations = await allGenerations(sight);
    const comparisons = await lastComparisons(sight);
    const requests = await lastRequests(sight, LOOKED_THROUGH);
    const partitions = await partitionTallies(sight, sight.live.schema);
    const oldestParkedAt = parked[0]?.oldestAt ?? null;
    const pipeline = await readPipeline(sight);
    return {
      now,
      lookAt: whatToLookAt({ now, sources, alarms, generations, comparisons, requests, partitions, oldestParkedAt }),
      pipeline: { ...pipeline, newest: pipeline.newest && { ...pipeline.newest, name: named(pipeline.newest.source) } },
      folded: pipeline.folded,
      sources: { all: sources.length, late: sources.filter(({ late }) => late).length },
      live: generations.find(({ state }) => state === 'live'),
      building: generations.find(({ state }) => state === 'building') ?? null,
      alarms,
      parked: parked.map((group) => ({ ...group, name: group.source && named(group.source) })),
      requests: requests.slice(0, REQUESTS).map((request) => requestLine(request, this.authority)),
    };
  }
}

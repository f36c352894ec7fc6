import { Get, Inject, Param } from '@nestjs/common';
import type { Authority } from '../authority.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { OwnSources } from './own-sources.js';
import { readReport } from './read-report.js';
import { SourceReport } from './source-report.js';

@ApiController('Sources')
export class SourcesApi {
  constructor(
    private readonly own: OwnSources,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('sources/:source')
  @Documented({
    id: 'viewSource',
    summary: 'What became of what a source sent',
    description:
      'For source publishers and their machines, of the sources that their team publishes, and for operations: freshness, coverage, what was accepted and refused by day, ' +
      'every refusal by field and rule with how to fix it, and the scorecard by week. Counts alone, nothing of any person.',
    answer: 'SourceReport',
  })
  async one(@CurrentAsker() asker: Asker, @Param('source') id: string): Promise<SourceReport> {
    const source = await this.own.one(asker, id, 'report');
    const { watched, days, ...report } = await this.own.read((sight) => readReport(sight, this.authority, source.id));
    const { late, newestPublishedAt, completeTo, parked } = watched;
    return SourceReport.parse({
      source: source.id,
      late,
      newestPublishedAt,
      completeTo,
      parked,
      days: days.map(({ day, state, minutesLate, events }) => ({ day, state, minutesLate, events })),
      ...report,
    });
  }
}

import { Get, Inject, Param } from '@nestjs/common';
import { SERVICES, type Service } from '#lib/events';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { readSources } from '../ops-pages/read-sources.js';
import { stripWords } from '../ops-pages/strip-words.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { OwnSources } from './own-sources.js';
import { readReport } from './read-report.js';
import { figuresOf } from './read-score.js';

/** What became of what a source sent, for its team. */
@PageController()
export class SourcePage {
  constructor(
    private readonly own: OwnSources,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/sources')
  @AsPage()
  async all(@CurrentAsker() asker: Asker): Promise<string> {
    const own = await this.own.all(asker);
    const watched = await this.own.read((sight) => readSources(sight, this.authority));
    const sources = watched.filter(({ id }) => own.some((source) => source.id === id));
    return this.pages.render('sources/sources.njk', { title: 'What sources sent', reader: asker.reader, place: 'sources' }, { sources });
  }

  @Get('/sources/:source')
  @AsPage()
  async one(@CurrentAsker() asker: Asker, @Param('source') id: string): Promise<string> {
    const source = await this.own.one(asker, id, 'report');
    const report = await this.own.read(async (sight) => ({ now: sight.now, ...(await readReport(sight, this.authority, source.id)) }));
    const back = { text: 'What sources sent', href: '/sources' };
    return this.pages.render(
      'sources/source.njk',
      { title: source.name, reader: asker.reader, place: 'sources', back },
      {
        ...report,
        coverage: report.coverage.map((one) => ({ ...one, serviceName: SERVICES[one.service as Service] ?? one.service })),
        stripWords: stripWords(report.days),
        figures: figuresOf(report.score),
        service: source.service,
        answers: this.own.mayHandle(asker.reader),
      },
    );
  }
}

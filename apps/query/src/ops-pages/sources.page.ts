import { Get, Inject, NotFoundException, Param } from '@nestjs/common';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { Operate } from './operate.js';
import { readSourceDays } from './read-source-days.js';
import { readSources } from './read-sources.js';
import { renderOperations } from './render-operations.js';
import { DAY_STATES, stripWords } from './strip-words.js';

@PageController()
export class SourcesPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/operations/sources')
  @AsPage()
  async all(@CurrentAsker() asker: Asker): Promise<string> {
    return renderOperations(
      this.pages,
      asker,
      'sources.njk',
      { title: 'Sources', section: 'sources' },
      {
        ...(await this.read(asker)),
        dayStates: DAY_STATES,
      },
    );
  }

  /** One source with its last 30 days as a table: the strip again, for those who can't see it and those who want the numbers. */
  @Get('/operations/sources/:source')
  @AsPage()
  async one(@CurrentAsker() asker: Asker, @Param('source') id: string): Promise<string> {
    const { now, sources } = await this.read(asker);
    const source = sources.find((source) => source.id === id);
    if (source === undefined) throw new NotFoundException();
    const facts = { title: source.name, section: 'sources', back: { text: 'Sources', href: '/operations/sources' } } as const;
    return renderOperations(this.pages, asker, 'source.njk', facts, { now, source, dayStates: DAY_STATES });
  }

  private read(asker: Asker) {
    return this.operate.look(asker, 'sources', async (sight) => {
      const sources = await readSources(sight, this.authority);
      const days = await readSourceDays(
        sight,
        sources.map(({ id }) => id),
      );
      const withDays = sources.map((source) => ({ ...source, days: days.get(source.id)!, stripWords: stripWords(days.get(source.id)!) }));
      return { now: sight.now, sources: withDays };
    });
  }
}

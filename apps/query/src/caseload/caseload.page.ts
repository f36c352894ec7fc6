import { Get } from '@nestjs/common';
import { Ask } from '../ask.js';
import { caseManagementOf } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { ViewCaseload } from './view-caseload.query.js';
import { Viewed } from './viewed.js';

@PageController()
export class CaseloadPage {
  constructor(
    private readonly asking: Ask,
    private readonly viewed: Viewed,
    private readonly pages: Pages,
  ) {}

  @Get('/caseload')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    const { reader } = asker;
    const { result, sources } = await this.asking.ask(asker, new ViewCaseload(reader, await this.viewed.last(asker)));
    const facts = { title: 'My caseload', reader, place: 'caseload', paper: '/printed/caseload' } as const;
    return this.pages.render('caseload/caseload.njk', facts, {
      ...result,
      team: reader.team,
      childFirstOnly: !this.pages.authority.journeys.includes('search-any'),
      caseManagementSystem: caseManagementOf(this.pages.authority).name,
      late: sources.filter((source) => source.late),
      dropped: sources.filter((source) => source.dropped),
    });
  }
}

import { Body, Get, NotFoundException, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { caseManagementOf, journeyOf, JOURNEYS } from '../authority.js';
import { Gate } from '../gate.js';
import { homeOf, reaches } from '../policy/home-of.js';
import { KeptSearches } from './kept-searches.js';
import { isOffered, type SearchForm, searchTermsFrom, type TermProblem } from './search-terms.js';
import { typedAgain } from './typed-again.js';

/** The field a problem's link leads to. */
const FIELD_IDS = { caseId: 'caseId', familyName: 'familyName', dateOfBirth: 'dobDay', postcode: 'postcode' };

@PageController()
export class SearchPage {
  constructor(
    private readonly searches: KeptSearches,
    private readonly pages: Pages,
    private readonly gate: Gate,
  ) {}

  @Get('/')
  home(@CurrentAsker() { reader }: Asker, @Res() reply: FastifyReply): void {
    void reply.redirect(homeOf(reader.role), 302);
  }

  /** For one of the authority's journeys. With the id of a kept search in `change`, what was typed for it stands there again. */
  @Get('/search')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Query() { change: kept, journey }: Record<string, unknown>): Promise<string> {
    await this.gate.pass(asker, 'search', { action: 'searched' });
    const terms = typeof kept === 'string' ? await this.searches.find(asker, kept) : null;
    const chosen = typeof journey === 'string' ? { journey } : {};
    return this.form(asker, terms === null ? chosen : typedAgain(terms), []);
  }

  /** What was typed is kept under an opaque id and never stands in an address. */
  @Post('/search')
  @AsPage()
  async search(
    @CurrentAsker() asker: Asker,
    @Body() typed: SearchForm | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.gate.pass(asker, 'search', { action: 'searched' });
    const read = searchTermsFrom(typed ?? {});
    if ('problems' in read) {
      reply.status(400);
      return this.form(asker, typed ?? {}, read.problems);
    }
    if (!isOffered(read.terms, this.pages.authority)) throw new NotFoundException();
    reply.redirect(`/search/${await this.searches.keep(asker, read.terms)}`, 303);
    return undefined;
  }

  private form({ reader }: Asker, typed: SearchForm, problems: TermProblem[]): string {
    const facts = { title: 'Find Service Involvement', reader, place: 'search', problem: problems.length > 0 } as const;
    const { authority } = this.pages;
    return this.pages.render('search-people/search.njk', facts, {
      typed,
      mayOverride: reaches(reader.role, 'restricted-records'),
      journey: journeyOf(
        authority,
        JOURNEYS.find((journey) => journey === typed.journey),
      ),
      caseManagementSystem: caseManagementOf(authority).name,
      wrong: Object.fromEntries(problems.map(({ field, message }) => [field, { text: message }])),
      errors: problems.map(({ field, message }) => ({ text: message, href: `#${FIELD_IDS[field]}` })),
    });
  }
}

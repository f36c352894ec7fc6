import { Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ask } from '../ask.js';
import { journeyOf } from '../authority.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { PersonAddress } from '../view-person/person-address.js';
import { KeptSearches } from './kept-searches.js';
import { leftOutOf } from './left-out.js';
import { otherBoxOf } from './other-box.js';
import { SearchPeople } from './search-people.query.js';
import { searchWords } from './search-words.js';

@PageController()
export class ResultsPage {
  constructor(
    private readonly searches: KeptSearches,
    private readonly asking: Ask,
    private readonly pages: Pages,
    private readonly gate: Gate,
  ) {}

  /** A case ID names one person: straight to them, no choosing step. */
  @Get('/search/:id')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.gate.pass(asker, 'search', { action: 'searched' });
    const terms = await this.searches.find(asker, id);
    if (terms === null) throw new NotFoundException();
    const query = new SearchPeople(terms, 'to-one');
    const { result, sources } = await this.asking.ask(asker, query);
    const led = query.ledTo(result);
    const childFirst = journeyOf(this.pages.authority, terms.journey) === 'child-first';
    if (led !== null) {
      reply.redirect(PersonAddress.of(led, childFirst ? led : null).path, 303);
      return undefined;
    }
    const back = { text: 'New search', href: childFirst ? '/search?journey=child-first' : '/search' };
    return this.pages.render(
      'search-people/results.njk',
      { title: 'Search results', reader: asker.reader, place: 'search', back, paper: '/printed/results' },
      {
        ...result,
        search: id,
        ...searchWords(terms),
        byCaseId: 'caseId' in terms,
        otherBox: otherBoxOf(terms, this.pages.authority),
        leftOut: leftOutOf(terms),
        childFirst,
        late: sources.filter((source) => source.late),
        dropped: sources.filter((source) => source.dropped),
      },
    );
  }
}

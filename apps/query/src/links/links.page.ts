import { Body, Get, Headers, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ask } from '../ask.js';
import { Gate } from '../gate.js';
import { PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { KeptSearches } from '../search-people/kept-searches.js';
import { SearchPeople } from '../search-people/search-people.query.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker, Public } from '../sign-in/signed-in.guard.js';
import { PersonAddress } from '../view-person/person-address.js';
import { DeepLinks, LinkTarget } from './deep-links.js';

@PageController()
export class LinksPage {
  constructor(
    private readonly links: DeepLinks,
    private readonly searches: KeptSearches,
    private readonly asking: Ask,
    private readonly gate: Gate,
    private readonly pages: Pages,
  ) {}

  /** A form on a page of a system that the settings name; its reader may not be signed in yet. */
  @Post('/open')
  @Public()
  async open(@Headers('origin') origin: string | undefined, @Body() sent: unknown, @Res() reply: FastifyReply): Promise<void> {
    const target = LinkTarget.safeParse(sent);
    if (!this.links.isKnown(origin) || !target.success) throw new NotFoundException();
    const { id } = await this.links.keep(target.data);
    void reply.redirect(`/links/${id}`, 303);
  }

  /** To the person; a link unknown or over, and a person absent or restricted, are answered alike. */
  @Get('/links/:id')
  async follow(@CurrentAsker() asker: Asker, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.gate.pass(asker, 'search', { action: 'searched' });
    const target = await this.links.opened(id);
    if (target === null) return this.nobody(asker, id, reply);
    const { caseId, back } = target;
    // The page's address keeps the link only where it leads back.
    const link = back === undefined ? null : id;
    const query = new SearchPeople({ caseId, journey: 'search-any' }, 'always');
    const { result } = await this.asking.ask(asker, query);
    if (result.people.length === 0) return this.nobody(asker, id, reply);
    const led = query.ledTo(result);
    const there =
      led === null
        ? `/search/${await this.searches.keep(asker, query.terms)}`
        : PersonAddress.of(led, null, link).in(this.pages.authority).path;
    void reply.redirect(there, 303);
  }

  /** One page for all of them. Whether there is a way back tells of the link alone, and of nobody it names. */
  private async nobody({ reader }: Asker, id: string, reply: FastifyReply): Promise<void> {
    const leadsBack = (await this.links.backOf(id)) !== null;
    const back = leadsBack ? { text: 'Back to where you came from', href: `/links/${id}/back` } : { text: 'New search', href: '/search' };
    const page = this.pages.render('links/nobody.njk', { title: 'The link shows nobody', reader, place: 'search', back }, {});
    void reply.status(404).header('content-type', 'text/html; charset=utf-8').send(page);
  }

  @Get('/links/:id/back')
  async back(@CurrentAsker() _: Asker, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    void reply.redirect((await this.links.backOf(id)) ?? '/search', 303);
  }
}

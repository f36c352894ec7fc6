import { Get, NotFoundException, Param, Query } from '@nestjs/common';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { factsOfService } from '../view-person/facts-shown.js';
import { PersonAddress } from '../view-person/person-address.js';
import { servicesOf } from './services.js';
import { whyNotChecked } from './why-not-checked.js';

/** What the index holds and when a service shows an involvement: from the authority's settings, nothing of a person. */
@PageController()
export class AboutPage {
  constructor(private readonly pages: Pages) {}

  @Get('/what-is-in-the-index')
  @AsPage()
  contents(@CurrentAsker() { reader }: Asker): string {
    const facts = { title: 'What is in the index', reader, place: 'contents' } as const;
    return this.pages.render('about/contents.njk', facts, { services: servicesOf(this.pages.authority) });
  }

  /** Leads back to the person it was reached from, with the panels that were open. */
  @Get('/services/:service')
  @AsPage()
  conditions(
    @CurrentAsker() { reader, overriding }: Asker,
    @Param('service') code: string,
    @Query() query: Record<string, unknown>,
  ): string {
    const { authority } = this.pages;
    const about = servicesOf(authority).find(({ service }) => service === code);
    const rule = authority.services.find(({ service }) => service === code);
    if (about === undefined || rule === undefined) throw new NotFoundException();
    const person = PersonAddress.fromQuery(query);
    const back = person
      ? { text: 'Back to the person', href: person.path }
      : { text: 'What is in the index', href: '/what-is-in-the-index' };
    const facts = {
      title: `When ${about.name} shows an involvement`,
      reader,
      place: person ? 'search' : 'contents',
      back,
      restricted: overriding !== null,
    } as const;
    return this.pages.render('about/conditions.njk', facts, {
      about,
      facts: factsOfService(rule),
      reasons: whyNotChecked(rule.display),
    });
  }
}

import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { whenOf } from './addresses-said.js';
import { PagesAboutPerson, wayOf } from './pages-about-person.js';
import { ViewAddresses } from './view-addresses.query.js';

@PageController()
export class AddressesPage {
  constructor(private readonly about: PagesAboutPerson) {}

  @Get('/people/:person/addresses')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, '', query);
    const way = wayOf(address, query);
    const asked = new ViewAddresses(person, way);
    const answer = await this.about.ask(asker, asked, reply, ({ movedTo, child }) => address.movedTo(movedTo, child).part('addresses'));
    if (answer === undefined) return undefined;
    const { address: current, otherAddresses } = answer.result.identity;
    const known = [...(current ? [{ ...current, current: true }] : []), ...otherAddresses.map((other) => ({ ...other, current: false }))];
    return this.about.render('view-person/addresses.njk', 'addresses', asker, address, answer, {
      printing: way.print,
      printed: address.printed('addresses'),
      known: known.map((one) => ({ ...one, when: whenOf(one) })),
    });
  }
}

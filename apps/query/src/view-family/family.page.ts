import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AsPage, PageController } from '../layout/page-controller.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { PagesAboutPerson, wayOf } from '../view-person/pages-about-person.js';
import { type Family, ViewFamily } from './view-family.query.js';

@PageController()
export class FamilyPage {
  constructor(private readonly about: PagesAboutPerson) {}

  @Get('/people/:person/family')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, '', query);
    const way = wayOf(address, query);
    const answer = await this.about.ask(asker, new ViewFamily(person, way), reply, ({ movedTo, child }) =>
      address.movedTo(movedTo, child).part('family'),
    );
    return (
      answer &&
      this.about.render('view-family/family.njk', 'family', asker, address, answer, {
        printing: way.print,
        printed: address.printed('family'),
        brokers: brokersIn(answer.result),
        pathTo: (other: string) => address.toRelative(other).path,
      })
    );
  }
}

/** Services of which the same is said of everybody: in the table in brief, below it once in full. */
const brokersIn = ({ services, members }: Family) =>
  services.flatMap(({ service, serviceName }) => {
    const rung = members[0]?.states.find(({ service: of, state }) => of === service && state.reason === 'ask-the-broker');
    return rung ? [{ serviceName, words: rung.state.words }] : [];
  });

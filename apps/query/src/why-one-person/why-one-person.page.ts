import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { evidenceOf } from '../compare-records/evidence.js';
import { MatchModelNow } from '../compare-records/match-model-now.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { PagesAboutPerson, wayOf } from '../view-person/pages-about-person.js';
import { joinedBy } from './joined-by.js';
import { type ClosestPair, ViewWhyOnePerson } from './why-one-person.query.js';

@PageController()
export class WhyOnePersonPage {
  constructor(
    private readonly about: PagesAboutPerson,
    private readonly model: MatchModelNow,
  ) {}

  @Get('/people/:person/why')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, '', query);
    const way = wayOf(address, query);
    const asked = new ViewWhyOnePerson(person, await this.model.read(), way);
    const answer = await this.about.ask(asker, asked, reply, ({ movedTo, child }) => address.movedTo(movedTo, child).part('why'));
    if (answer === undefined) return undefined;
    const { records, apart } = answer.result;
    return this.about.render('why-one-person/why-one-person.njk', 'why', asker, address, answer, {
      printing: way.print,
      printed: address.printed('why'),
      records: records.map(({ label, reason, closest }) => ({
        label,
        joined: joinedBy(reason, records.length),
        closest: closest && told(closest, reason !== 'matched' || closest.pair.zone !== 'join'),
      })),
      apart: apart.map((one) => ({
        words: one.words,
        href: address.toRelative(one.person).path,
        closest: told(one.closest, one.closest.pair.zone === 'join'),
      })),
    });
  }
}

const told = ({ labels: [one, other], pair }: ClosestPair, settled: boolean) => ({
  one,
  other,
  alone: pair.zone === 'join',
  ...evidenceOf(pair, { named: `${one} and ${other}`, settled }),
});

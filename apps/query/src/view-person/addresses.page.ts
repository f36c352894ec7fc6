import { Get } from '@nestjs/common';
import { londonDay } from '../day-words.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { whenOf } from './addresses-said.js';
import { type AskedOfPerson, OfPerson } from './asked-of-person.js';
import { currentFirst } from './current-first.js';
import { PagesAboutPerson } from './pages-about-person.js';
import { ViewAddresses } from './view-addresses.query.js';

@PageController()
export class AddressesPage {
  constructor(private readonly about: PagesAboutPerson) {}

  @Get('/people/:person/addresses')
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson): Promise<string | undefined> {
    const query = new ViewAddresses(asked.address.person, asked.way);
    const answer = await this.about.ask(asked, query, (address) => address.part('addresses'));
    if (answer === undefined) return undefined;
    const today = londonDay(answer.askedAt);
    const known = currentFirst(answer.result.identity, answer.askedAt);
    return this.about.render('view-person/addresses.njk', 'addresses', asked, answer, {
      known: known.map((one) => ({ ...one, when: whenOf(one, today) })),
    });
  }
}

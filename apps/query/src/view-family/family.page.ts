import { Get } from '@nestjs/common';
import { AsPage, PageController } from '../layout/page-controller.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { PagesAboutPerson } from '../view-person/pages-about-person.js';
import { type Family, ViewFamily } from './view-family.query.js';

@PageController()
export class FamilyPage {
  constructor(private readonly about: PagesAboutPerson) {}

  @Get('/people/:person/family')
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson): Promise<string | undefined> {
    const answer = await this.about.ask(asked, new ViewFamily(asked.address.person, asked.way), (address) => address.part('family'));
    return answer && this.about.render('view-family/family.njk', 'family', asked, answer, { brokers: brokersIn(answer.result) });
  }
}

/** Services of which the same is said of everybody: in the table in brief, below it once in full. */
const brokersIn = ({ services, members }: Family) =>
  services.flatMap(({ service, serviceName }) => {
    const rung = members[0]?.states.find(({ service: of, state }) => of === service && state.reason === 'ask-the-broker');
    return rung ? [{ serviceName, words: rung.state.words }] : [];
  });

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
    return answer && this.about.render('view-family/family.njk', 'family', asked, answer, shownOnce(answer.result));
  }
}

/** Of a sensitive service the same is said of everybody: once, below the grid, and not in every row. */
function shownOnce({ services, members }: Family) {
  const said = new Map(members[0]?.states.filter(({ state }) => state.reason === 'ask-the-broker').map((cell) => [cell.service, cell]));
  const isSame = (service: string) => said.has(service);
  return {
    forEverybody: services.filter(({ service }) => isSame(service)).map((column) => ({ ...column, ...said.get(column.service) })),
    services: services.filter(({ service }) => !isSame(service)),
    members: members.map((member) => ({ ...member, states: member.states.filter(({ service }) => !isSame(service)) })),
  };
}

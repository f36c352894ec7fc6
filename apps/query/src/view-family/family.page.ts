import { Get } from '@nestjs/common';
import { AsPage, PageController } from '../layout/page-controller.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { PagesAboutPerson } from '../view-person/pages-about-person.js';
import { ViewFamily } from './view-family.query.js';

@PageController()
export class FamilyPage {
  constructor(private readonly about: PagesAboutPerson) {}

  @Get('/people/:person/family')
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson): Promise<string | undefined> {
    const answer = await this.about.ask(asked, new ViewFamily(asked.address.person, asked.way), (address) => address.part('family'));
    return answer && this.about.render('view-family/family.njk', 'family', asked, answer, {});
  }
}

import { Get } from '@nestjs/common';
import { AsPage, PageController } from '../layout/page-controller.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { PagesAboutPerson } from '../view-person/pages-about-person.js';
import { ViewContacts } from './view-contacts.query.js';

@PageController()
export class ContactsPage {
  constructor(private readonly about: PagesAboutPerson) {}

  @Get('/people/:person/contacts')
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson): Promise<string | undefined> {
    const query = new ViewContacts(asked.address.person, asked.way);
    const answer = await this.about.ask(asked, query, (address) => address.part('contacts'));
    return answer && this.about.render('view-contacts/contacts.njk', 'contacts', asked, answer, {});
  }
}

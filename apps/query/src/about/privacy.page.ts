import { Get } from '@nestjs/common';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { Public } from '../sign-in/signed-in.guard.js';
import { servicesOf } from './services.js';

/** For the people the index is about: what is held, by whom it is seen, how to ask who looked. */
@PageController()
@Public()
export class PrivacyPage {
  constructor(private readonly pages: Pages) {}

  @Get('/privacy')
  @AsPage()
  show(): string {
    return this.pages.render(
      'about/privacy.njk',
      { title: 'What is held, who sees it, and how to ask who looked' },
      { services: servicesOf(this.pages.authority) },
    );
  }
}

import { Get } from '@nestjs/common';
import { periodWords } from '../kept-for.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Reader } from '../sign-in/reader.js';
import { ForAll, ReaderIfAny } from '../sign-in/signed-in.guard.js';
import { relationshipWords, WORDS } from './glossary.js';
import { servicesOf } from './services.js';
import { whatsNew } from './whats-new.js';

/** What anybody may read, signed in or not: the footer of every page leads here. Nothing of a person. */
@PageController()
@ForAll()
export class PublicPage {
  private readonly changes = whatsNew();

  constructor(private readonly pages: Pages) {}

  /** For the people the index is about: what is held, by whom it is seen, how to ask who looked. */
  @Get('/privacy')
  @AsPage()
  privacy(@ReaderIfAny() reader?: Reader): string {
    const { auditKeptFor } = this.pages.authority;
    const facts = { title: 'What is held, who sees it, and how to ask who looked', reader };
    return this.pages.render('about/privacy.njk', facts, {
      services: servicesOf(this.pages.authority),
      auditKeptFor: auditKeptFor === undefined ? null : periodWords(auditKeptFor),
    });
  }

  @Get('/accessibility')
  @AsPage()
  accessibility(@ReaderIfAny() reader?: Reader): string {
    return this.pages.render('about/accessibility.njk', { title: 'Accessibility statement', reader });
  }

  @Get('/help')
  @AsPage()
  help(@ReaderIfAny() reader?: Reader): string {
    return this.pages.render('about/help.njk', { title: 'Help', reader });
  }

  @Get('/glossary')
  @AsPage()
  glossary(@ReaderIfAny() reader?: Reader): string {
    const shown = { words: WORDS, services: servicesOf(this.pages.authority), relationships: relationshipWords() };
    return this.pages.render('about/glossary.njk', { title: 'Glossary', reader }, shown);
  }

  @Get('/whats-new')
  @AsPage()
  whatsNew(@ReaderIfAny() reader?: Reader): string {
    return this.pages.render('about/whats-new.njk', { title: 'What’s new', reader }, { changes: this.changes });
  }
}

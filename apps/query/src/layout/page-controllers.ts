import { AboutPage } from '../about/about.page.js';
import { PublicPage } from '../about/public.page.js';
import { FeedbackPage } from '../feedback/feedback.page.js';
import { operationsPages } from '../ops-pages/operations-pages.js';
import { ResultsPage } from '../search-people/results.page.js';
import { SearchPage } from '../search-people/search.page.js';
import { SessionPage } from '../sign-in/session.page.js';
import { SignInPage } from '../sign-in/sign-in.page.js';
import { SignOutPage } from '../sign-in/sign-out.page.js';
import { PersonPage } from '../view-person/person.page.js';

/** All pages, for the app's module. */
export const pageControllers = [
  SignInPage,
  SignOutPage,
  SessionPage,
  SearchPage,
  ResultsPage,
  PersonPage,
  AboutPage,
  PublicPage,
  FeedbackPage,
  ...operationsPages,
];

import { ProblemsPage } from '../answer-problems/problems.page.js';
import { AboutPage } from '../about/about.page.js';
import { PublicPage } from '../about/public.page.js';
import { FeedbackPage } from '../feedback/feedback.page.js';
import { CaseloadPage } from '../caseload/caseload.page.js';
import { ClaimPage } from '../claim-same/claim.page.js';
import { DoubtPage } from '../doubt-record/doubt.page.js';
import { DeclareKnownPage } from '../declare-known/declare-known.page.js';
import { PrintedPage } from '../printed/printed.page.js';
import { ReasonPage } from '../give-reason/reason.page.js';
import { ReportProblemPage } from '../report-problem/report-problem.page.js';
import { ReportValuePage } from '../report-problem/report-value.page.js';
import { RestrictedPage } from '../restricted/restricted.page.js';
import { LinksPage } from '../links/links.page.js';
import { auditPages } from '../audit-pages/audit-pages.js';
import { operationsPages } from '../ops-pages/operations-pages.js';
import { ResultsPage } from '../search-people/results.page.js';
import { SearchPage } from '../search-people/search.page.js';
import { SettingsPage } from '../settings-page/settings.page.js';
import { SessionPage } from '../sign-in/session.page.js';
import { SignInPage } from '../sign-in/sign-in.page.js';
import { SignOutPage } from '../sign-in/sign-out.page.js';
import { FilePage } from '../sources/file.page.js';
import { FilesPage } from '../sources/files.page.js';
import { SourcePage } from '../sources/source.page.js';
import { ContactsPage } from '../view-contacts/contacts.page.js';
import { FamilyPage } from '../view-family/family.page.js';
import { AddressesPage } from '../view-person/addresses.page.js';
import { WhyOnePersonPage } from '../why-one-person/why-one-person.page.js';
import { PersonPage } from '../view-person/person.page.js';
import { MatchesPage } from '../review-matches/matches.page.js';
import { KnowOnePage } from '../review-matches/know-one.page.js';
import { OpenPairPage } from '../review-matches/open-pair.page.js';
import { PairPage } from '../review-matches/pair.page.js';

/** All pages, for the app's module. */
export const pageControllers = [
  SignInPage,
  SignOutPage,
  SessionPage,
  SearchPage,
  ResultsPage,
  CaseloadPage,
  PersonPage,
  ReasonPage,
  DeclareKnownPage,
  ReportProblemPage,
  ReportValuePage,
  DoubtPage,
  ClaimPage,
  ProblemsPage,
  RestrictedPage,
  FamilyPage,
  ContactsPage,
  AddressesPage,
  WhyOnePersonPage,
  PrintedPage,
  LinksPage,
  AboutPage,
  PublicPage,
  FeedbackPage,
  SettingsPage,
  MatchesPage,
  OpenPairPage,
  PairPage,
  KnowOnePage,
  SourcePage,
  FilesPage,
  FilePage,
  ...operationsPages,
  ...auditPages,
];

import { AnswerProblemHandler } from './answer-problems/answer-problem.query.js';
import { ViewProblemsHandler } from './answer-problems/view-problems.query.js';
import { CompareReadersHandler } from './audit-pages/compare-readers.query.js';
import { FindOwnersHandler } from './audit-pages/find-owners.query.js';
import { FindPersonHandler } from './audit-pages/find-person.query.js';
import { ViewCaseloadHandler } from './caseload/view-caseload.query.js';
import { FindRecordsHandler } from './declare-known/find-records.query.js';
import { ClaimSameHandler } from './claim-same/claim-same.query.js';
import { DoubtRecordHandler } from './doubt-record/doubt-record.query.js';
import { RecordPrintHandler } from './printed/record-print.query.js';
import { ReportProblemHandler } from './report-problem/report-problem.query.js';
import { ReportValueHandler, ViewValuesHandler } from './report-problem/report-value.query.js';
import { FindRestrictedHandler } from './restricted/find-restricted.query.js';
import { DeclareKnownOfPairHandler } from './review-matches/declare-known-of-pair.query.js';
import { OpenPairHandler } from './review-matches/open-pair.query.js';
import { ReviewPairHandler } from './review-matches/review-pair.query.js';
import { ViewQueueHandler } from './review-matches/view-queue.query.js';
import { SearchPeopleHandler } from './search-people/search-people.query.js';
import { ViewContactsHandler } from './view-contacts/view-contacts.query.js';
import { ViewFamilyHandler } from './view-family/view-family.query.js';
import { OpenPanelHandler } from './view-person/open-panel.query.js';
import { ViewAddressesHandler } from './view-person/view-addresses.query.js';
import { ChoosePartHandler } from './view-person/choose-part.query.js';
import { ViewPersonHandler } from './view-person/view-person.query.js';
import { ViewRelationshipsHandler } from './view-person/view-relationships.query.js';
import { WhyOnePersonHandler } from './why-one-person/why-one-person.query.js';

/** Who answers what readers ask: each question is on record before its answer is shown (`Ask`). */
export const questionHandlers = [
  SearchPeopleHandler,
  ViewCaseloadHandler,
  ViewPersonHandler,
  ChoosePartHandler,
  OpenPanelHandler,
  ViewRelationshipsHandler,
  ViewFamilyHandler,
  ViewContactsHandler,
  ViewAddressesHandler,
  WhyOnePersonHandler,
  FindRecordsHandler,
  FindRestrictedHandler,
  ReportProblemHandler,
  ReportValueHandler,
  ViewValuesHandler,
  RecordPrintHandler,
  ViewProblemsHandler,
  AnswerProblemHandler,
  FindPersonHandler,
  FindOwnersHandler,
  CompareReadersHandler,
  ViewQueueHandler,
  OpenPairHandler,
  ReviewPairHandler,
  DeclareKnownOfPairHandler,
  DoubtRecordHandler,
  ClaimSameHandler,
];

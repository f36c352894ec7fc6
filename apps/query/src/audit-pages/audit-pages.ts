import { AlertPage } from './alert.page.js';
import { AskPage } from './ask.page.js';
import { EntryPage } from './entry.page.js';
import { ExportPage } from './export.page.js';
import { ExposurePage } from './exposure.page.js';
import { FindingPage } from './finding.page.js';
import { ListsPage } from './lists.page.js';
import { QuestionsPage } from './questions.page.js';
import { ReportPage } from './report.page.js';
import { UnusualPage } from './unusual.page.js';

/** All pages of the audit, for the app's module. */
export const auditPages = [
  AskPage,
  AlertPage,
  QuestionsPage,
  ListsPage,
  EntryPage,
  ReportPage,
  ExposurePage,
  UnusualPage,
  FindingPage,
  ExportPage,
];

import { ApplyAgainPage } from './apply-again.page.js';
import { BalancePage } from './balance.page.js';
import { BuildPage } from './build.page.js';
import { CancelRequestPage } from './cancel-request.page.js';
import { ComparePage } from './compare.page.js';
import { DropPage } from './drop.page.js';
import { GenerationsPage } from './generations.page.js';
import { OverviewPage } from './overview.page.js';
import { ParkedPage } from './parked.page.js';
import { ReleaseParkedPage } from './release-parked.page.js';
import { ReplayPage } from './replay.page.js';
import { RequestsPage } from './requests.page.js';
import { SourcesPage } from './sources.page.js';
import { SteerBuildPage } from './steer-build.page.js';
import { SwitchPage } from './switch.page.js';

/** All operations pages, for the app's module. */
export const operationsPages = [
  OverviewPage,
  SourcesPage,
  BalancePage,
  ParkedPage,
  ReleaseParkedPage,
  GenerationsPage,
  BuildPage,
  SteerBuildPage,
  SwitchPage,
  ComparePage,
  DropPage,
  ReplayPage,
  ApplyAgainPage,
  RequestsPage,
  CancelRequestPage,
];

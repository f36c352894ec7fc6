import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Pool } from 'pg';
import { AuditLog, AuditReader } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { HealthModule, type Logger, type Metrics } from '#lib/runtime';
import { Ask } from './ask.js';
import { ProblemsApi } from './answer-problems/problems.api.js';
import { AskMeasures } from './ask-measures.js';
import { KeptQuestions } from './audit-pages/kept-questions.js';
import { ListEntries } from './audit-pages/list-entries.js';
import { LookIntoAudit } from './audit-pages/look-into-audit.js';
import { FindTwoPeople } from './audit-pages/two-people.js';
import { RaisedAlerts } from './audit-pages/raised-alerts.js';
import { RunRules } from './audit-pages/run-rules.js';
import type { Authority } from './authority.js';
import { KeptFeedback } from './feedback/kept-feedback.js';
import { Gate } from './gate.js';
import { Viewed } from './caseload/viewed.js';
import { MatchModelNow } from './compare-records/match-model-now.js';
import { Decided } from './decided.js';
import { ClaimsApi } from './claim-same/claims.api.js';
import { KeptClaims } from './claim-same/kept-claims.js';
import { DoubtsApi } from './doubt-record/doubts.api.js';
import { KeptDoubts } from './doubt-record/kept-doubts.js';
import { GiveReason } from './give-reason/give-reason.js';
import { ReasonsApi } from './give-reason/reasons.api.js';
import { Fallback } from './http/fallback.filter.js';
import { ProblemFilter } from './http/problem.filter.js';
import { pageControllers } from './layout/page-controllers.js';
import { PageErrors } from './layout/page-errors.filter.js';
import { Pages } from './layout/pages.js';
import { DeepLinks } from './links/deep-links.js';
import { LinksApi } from './links/links.api.js';
import { Operate } from './ops-pages/operate.js';
import { Overrides } from './policy/overrides.js';
import { Reasons } from './policy/reasons.js';
import { Rights } from './policy/rights.js';
import {
  AUDIT_TERMS_KEY,
  AUTHORITY,
  OPERATIONS,
  OPINIONS,
  PROBLEMS_KEY,
  PRODUCTION,
  READS,
  SESSIONS,
  STEWARDS_KEY,
  TERMS_KEY,
  WAITING_KEPT_MS,
} from './providers.js';
import { questionHandlers } from './question-handlers.js';
import { KeptFreshness } from './read-freshness.js';
import { KeptProblems } from './report-problem/kept-problems.js';
import { ProblemMeasures } from './report-problem/problem-measures.js';
import { ReportProblemApi } from './report-problem/report-problem.api.js';
import { ReportValueApi } from './report-problem/report-value.api.js';
import { SendProblem } from './report-problem/send-problem.js';
import { Alerts } from './restricted/alerts.js';
import { OverrideMeasures } from './restricted/override-measures.js';
import { DecidePair } from './review-matches/decide-pair.js';
import { FollowRulings } from './review-matches/follow-rulings.js';
import { HandOver } from './review-matches/hand-over.js';
import { OpenedPairs } from './review-matches/opened-pair.js';
import { PairAtMatcher } from './review-matches/pair-at-matcher.js';
import { KeptOpinions } from './review-matches/kept-opinions.js';
import { KeptRulings } from './review-matches/kept-rulings.js';
import { MatchMeasures } from './review-matches/match-measures.js';
import { MatcherDoor } from './review-matches/matcher-door.js';
import { RenderPair } from './review-matches/render-pair.js';
import { StewardsClock } from './review-matches/stewards-clock.js';
import { WaitingList } from './review-matches/waiting-list.js';
import { KeptBesideSessions } from './kept-beside-sessions.js';
import { KeptSearches } from './search-people/kept-searches.js';
import { SearchesApi } from './search-people/searches.api.js';
import { Cookies } from './sign-in/cookies.js';
import { Directory } from './sign-in/directory.js';
import { EndSessions } from './sign-in/end-sessions.js';
import { GoingTo, ReaderMarks } from './sign-in/going-to.js';
import { MachineReaders } from './sign-in/machine-readers.js';
import { Sessions } from './sign-in/sessions.js';
import { SignIn } from './sign-in/sign-in.js';
import { SignInsUnderWay } from './sign-in/sign-ins-under-way.js';
import { SignedInGuard } from './sign-in/signed-in.guard.js';
import { IngestDoor } from './sources/ingest-door.js';
import { OwnSources } from './sources/own-sources.js';
import { SourcesApi } from './sources/sources.api.js';
import { PagesAboutPerson } from './view-person/pages-about-person.js';
import { PeopleApi } from './view-person/people.api.js';

/** What the module is built on; opened and closed by start.ts. */
export interface QueryParts {
  reads: ReadModelPool;
  operations: ReadModelPool;
  opinions: ReadModelPool;
  sessions: Pool;
  audit: AuditLog;
  auditReader: AuditReader;
  /** Opens what readers typed. */
  auditTermsKey: Buffer;
  authority: Authority;
  matchModel: MatchModelNow;
  freshness: KeptFreshness;
  pages: Pages;
  directory: Directory;
  ingest: IngestDoor;
  machines: MachineReaders;
  marks: ReaderMarks;
  /** Seals the words of problems and of their answers. */
  problemsKey: Buffer;
  matcher: MatcherDoor;
  waitingKeptMs: number;
  /** Seals the words of data stewards, and chooses which pairs two of them decide. */
  stewardsKey: Buffer;
  /** Seals kept searches. */
  termsKey: Buffer;
  production: boolean;
  logger: Logger;
  metrics: Metrics;
}

@Module({})
export class QueryModule {
  static on(parts: QueryParts): DynamicModule {
    return {
      module: QueryModule,
      imports: [CqrsModule.forRoot(), HealthModule.register({ ...parts, checks: checksOf(parts) })],
      controllers: [
        SearchesApi,
        PeopleApi,
        ReasonsApi,
        LinksApi,
        ReportProblemApi,
        ReportValueApi,
        ProblemsApi,
        DoubtsApi,
        ClaimsApi,
        SourcesApi,
        ...pageControllers,
      ],
      providers: [
        ...questionHandlers,
        Ask,
        Gate,
        Rights,
        Reasons,
        Overrides,
        GiveReason,
        KeptBesideSessions,
        Viewed,
        Decided,
        Alerts,
        KeptProblems,
        KeptDoubts,
        KeptClaims,
        SendProblem,
        KeptOpinions,
        KeptRulings,
        OpenedPairs,
        PairAtMatcher,
        HandOver,
        FollowRulings,
        WaitingList,
        StewardsClock,
        DecidePair,
        RenderPair,
        Operate,
        OwnSources,
        LookIntoAudit,
        FindTwoPeople,
        ListEntries,
        RaisedAlerts,
        RunRules,
        KeptQuestions,
        Cookies,
        GoingTo,
        Sessions,
        SignIn,
        SignInsUnderWay,
        EndSessions,
        KeptSearches,
        DeepLinks,
        PagesAboutPerson,
        KeptFeedback,
        PageErrors,
        ProblemFilter,
        { provide: APP_GUARD, useClass: SignedInGuard },
        { provide: APP_FILTER, useClass: Fallback },
        { provide: AskMeasures, useValue: new AskMeasures(parts.metrics) },
        { provide: ProblemMeasures, useValue: new ProblemMeasures(parts.metrics) },
        { provide: MatchMeasures, useValue: new MatchMeasures(parts.metrics) },
        { provide: MatcherDoor, useValue: parts.matcher },
        { provide: WAITING_KEPT_MS, useValue: parts.waitingKeptMs },
        { provide: STEWARDS_KEY, useValue: parts.stewardsKey },
        { provide: OverrideMeasures, useValue: new OverrideMeasures(parts.metrics) },
        { provide: AuditLog, useValue: parts.audit },
        { provide: AuditReader, useValue: parts.auditReader },
        { provide: AUDIT_TERMS_KEY, useValue: parts.auditTermsKey },
        { provide: Pages, useValue: parts.pages },
        { provide: READS, useValue: parts.reads },
        { provide: OPERATIONS, useValue: parts.operations },
        { provide: OPINIONS, useValue: parts.opinions },
        { provide: SESSIONS, useValue: parts.sessions },
        { provide: KeptFreshness, useValue: parts.freshness },
        { provide: AUTHORITY, useValue: parts.authority },
        { provide: MatchModelNow, useValue: parts.matchModel },
        { provide: IngestDoor, useValue: parts.ingest },
        { provide: Directory, useValue: parts.directory },
        { provide: ReaderMarks, useValue: parts.marks },
        { provide: MachineReaders, useValue: parts.machines },
        { provide: PROBLEMS_KEY, useValue: parts.problemsKey },
        { provide: TERMS_KEY, useValue: parts.termsKey },
        { provide: PRODUCTION, useValue: parts.production },
      ],
    };
  }
}

function checksOf({ reads, audit, sessions }: QueryParts) {
  return [
    { name: 'read model', look: async () => void (await reads.query('SELECT 1')) },
    { name: 'audit log', look: () => audit.look(), note: () => noteOf(audit) },
    { name: 'sessions', look: async () => void (await sessions.query('SELECT 1')) },
  ];
}

function noteOf({ state }: AuditLog): string | undefined {
  if (state.databaseAway) return 'the database is away, records go to the spool';
  return state.spool && state.spool.records > 0 ? 'the spool is being drained' : undefined;
}

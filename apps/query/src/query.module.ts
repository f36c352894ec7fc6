import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Pool } from 'pg';
import { AuditLog } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { HealthModule, type Logger, type Metrics } from '#lib/runtime';
import { Ask } from './ask.js';
import { AskMeasures } from './ask-measures.js';
import type { Authority } from './authority.js';
import { KeptFeedback } from './feedback/kept-feedback.js';
import { Gate } from './gate.js';
import { Fallback } from './http/fallback.filter.js';
import { ProblemFilter } from './http/problem.filter.js';
import { pageControllers } from './layout/page-controllers.js';
import { PageErrors } from './layout/page-errors.filter.js';
import { Pages } from './layout/pages.js';
import { Operate } from './ops-pages/operate.js';
import { AUTHORITY, OPERATIONS, PRODUCTION, READS, SESSIONS, TERMS_KEY } from './providers.js';
import { KeptSearches } from './search-people/kept-searches.js';
import { SearchPeopleHandler } from './search-people/search-people.query.js';
import { SearchesApi } from './search-people/searches.api.js';
import { Cookies } from './sign-in/cookies.js';
import { Directory } from './sign-in/directory.js';
import { EndSessions } from './sign-in/end-sessions.js';
import { MachineReaders } from './sign-in/machine-readers.js';
import { Sessions } from './sign-in/sessions.js';
import { SignIn } from './sign-in/sign-in.js';
import { SignInsUnderWay } from './sign-in/sign-ins-under-way.js';
import { SignedInGuard } from './sign-in/signed-in.guard.js';
import { OpenPanelHandler } from './view-person/open-panel.query.js';
import { PeopleApi } from './view-person/people.api.js';
import { ViewPersonHandler } from './view-person/view-person.query.js';
import { ViewRelationshipsHandler } from './view-person/view-relationships.query.js';

/** What the module is built on; opened and closed by start.ts. */
export interface QueryParts {
  reads: ReadModelPool;
  operations: ReadModelPool;
  sessions: Pool;
  audit: AuditLog;
  authority: Authority;
  pages: Pages;
  directory: Directory;
  machines: MachineReaders;
  /** Seals kept searches. */
  termsKey: Buffer;
  production: boolean;
  logger: Logger;
  metrics: Metrics;
}

const QUESTIONS = [SearchPeopleHandler, ViewPersonHandler, OpenPanelHandler, ViewRelationshipsHandler];

@Module({})
export class QueryModule {
  static on(parts: QueryParts): DynamicModule {
    return {
      module: QueryModule,
      imports: [CqrsModule.forRoot(), HealthModule.register({ ...parts, checks: checksOf(parts) })],
      controllers: [SearchesApi, PeopleApi, ...pageControllers],
      providers: [
        ...QUESTIONS,
        Ask,
        Gate,
        Operate,
        Cookies,
        Sessions,
        SignIn,
        SignInsUnderWay,
        EndSessions,
        KeptSearches,
        KeptFeedback,
        PageErrors,
        ProblemFilter,
        { provide: APP_GUARD, useClass: SignedInGuard },
        { provide: APP_FILTER, useClass: Fallback },
        { provide: AskMeasures, useValue: new AskMeasures(parts.metrics) },
        { provide: AuditLog, useValue: parts.audit },
        { provide: Pages, useValue: parts.pages },
        { provide: READS, useValue: parts.reads },
        { provide: OPERATIONS, useValue: parts.operations },
        { provide: SESSIONS, useValue: parts.sessions },
        { provide: AUTHORITY, useValue: parts.authority },
        { provide: Directory, useValue: parts.directory },
        { provide: MachineReaders, useValue: parts.machines },
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

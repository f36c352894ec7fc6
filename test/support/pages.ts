import fastifyCookie from '@fastify/cookie';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ask } from '../../apps/query/src/ask.js';
import type { AuditedQuery } from '../../apps/query/src/audited-query.js';
import { loadAuthority } from '../../apps/query/src/authority.js';
import { Viewed } from '../../apps/query/src/caseload/viewed.js';
import { Decided } from '../../apps/query/src/decided.js';
import { KeptFeedback } from '../../apps/query/src/feedback/kept-feedback.js';
import { Gate } from '../../apps/query/src/gate.js';
import { GiveReason } from '../../apps/query/src/give-reason/give-reason.js';
import { pageControllers } from '../../apps/query/src/layout/page-controllers.js';
import { PageErrors } from '../../apps/query/src/layout/page-errors.filter.js';
import { Pages } from '../../apps/query/src/layout/pages.js';
import { DeepLinks } from '../../apps/query/src/links/deep-links.js';
import { Operate } from '../../apps/query/src/ops-pages/operate.js';
import { Overrides } from '../../apps/query/src/policy/overrides.js';
import { AUDIT_TERMS_KEY, AUTHORITY, SESSIONS } from '../../apps/query/src/providers.js';
import { KeptDoubts } from '../../apps/query/src/doubt-record/kept-doubts.js';
import { KeptProblems } from '../../apps/query/src/report-problem/kept-problems.js';
import { ProblemMeasures } from '../../apps/query/src/report-problem/problem-measures.js';
import { SendProblem } from '../../apps/query/src/report-problem/send-problem.js';
import { Alerts } from '../../apps/query/src/restricted/alerts.js';
import { AuditLog, AuditReader } from '#lib/audit';
import { KeptQuestions } from '../../apps/query/src/audit-pages/kept-questions.js';
import { ListEntries } from '../../apps/query/src/audit-pages/list-entries.js';
import { LookIntoAudit } from '../../apps/query/src/audit-pages/look-into-audit.js';
import { RaisedAlerts } from '../../apps/query/src/audit-pages/raised-alerts.js';
import { RunRules } from '../../apps/query/src/audit-pages/run-rules.js';
import { FindTwoPeople } from '../../apps/query/src/audit-pages/two-people.js';
import { MatchModelNow } from '../../apps/query/src/compare-records/match-model-now.js';
import { DecidePair } from '../../apps/query/src/review-matches/decide-pair.js';
import { HandOver } from '../../apps/query/src/review-matches/hand-over.js';
import { RenderPair } from '../../apps/query/src/review-matches/render-pair.js';
import { WaitingList } from '../../apps/query/src/review-matches/waiting-list.js';
import { KeptSearches } from '../../apps/query/src/search-people/kept-searches.js';
import type { SearchTerms } from '../../apps/query/src/search-people/search-terms.js';
import { IngestDoor } from '../../apps/query/src/sources/ingest-door.js';
import { OwnSources } from '../../apps/query/src/sources/own-sources.js';
import { Cookies } from '../../apps/query/src/sign-in/cookies.js';
import { SignIn } from '../../apps/query/src/sign-in/sign-in.js';
import { PagesAboutPerson } from '../../apps/query/src/view-person/pages-about-person.js';
import type { SourceFreshness } from '../../apps/query/src/source-freshness.js';

const NORTHBRIDGE = 'deploy/authority/northbridge.json';
const AMARA = { id: 'amara.okafor', name: 'Amara Okafor', role: 'social-worker', team: 'Assessment East' };

/** The pages alone, over HTTP, with answers that the test gives: how each state looks, without making it come true in a database. */
export async function openPages(
  answers: { result(query: AuditedQuery<unknown>): unknown; sources?: SourceFreshness[] },
  authorityFile = NORTHBRIDGE,
) {
  const asked: AuditedQuery<unknown>[] = [];
  const kept = new Map<string, SearchTerms>();
  const ask = {
    ask: async (_: unknown, query: AuditedQuery<unknown>) => {
      asked.push(query);
      return { result: answers.result(query), sources: answers.sources ?? [], askedAt: Date.parse('2026-11-22T09:15:00Z') };
    },
  };
  const searches = {
    keep: async (_: unknown, terms: SearchTerms) => String(kept.set(`kept-${kept.size}`, terms).size && `kept-${kept.size - 1}`),
    find: async (_: unknown, id: string) => kept.get(id) ?? null,
  };
  const pages = await Pages.open(loadAuthority(authorityFile));
  const cookies = new Cookies(false);
  @Module({
    controllers: pageControllers,
    providers: [
      { provide: Ask, useValue: ask },
      { provide: KeptSearches, useValue: searches },
      { provide: SignIn, useValue: { leave: async () => '/signed-out', sessionOf: async () => null, leavingAddress: async () => null } },
      { provide: DeepLinks, useValue: {} },
      { provide: Pages, useValue: pages },
      PagesAboutPerson,
      { provide: Gate, useValue: { pass: async () => undefined } },
      { provide: Viewed, useValue: { note: async () => undefined, last: async () => [] } },
      { provide: KeptFeedback, useValue: {} },
      ...[Operate, GiveReason, Decided, Alerts, Overrides, KeptProblems, KeptDoubts, ProblemMeasures, SendProblem].map((provide) => ({
        provide,
        useValue: {},
      })),
      ...[
        AuditLog,
        AuditReader,
        FindTwoPeople,
        KeptQuestions,
        ListEntries,
        LookIntoAudit,
        RaisedAlerts,
        RunRules,
        AUDIT_TERMS_KEY,
        SESSIONS,
        OwnSources,
        IngestDoor,
        HandOver,
        DecidePair,
        RenderPair,
        WaitingList,
        MatchModelNow,
      ].map((provide) => ({
        provide,
        useValue: {},
      })),
      { provide: AUTHORITY, useValue: pages.authority },
      { provide: Cookies, useValue: cookies },
    ],
  })
  class PagesAlone {}
  const app = await NestFactory.create<NestFastifyApplication>(PagesAlone, new FastifyAdapter(), { logger: false });
  await app.register(fastifyCookie, { secret: 'a secret of thirty-two letters or so' });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request) => {
      Object.assign(request, { asker: { reader: AMARA, requestId: 'request', holder: 'session', overriding: null } });
    });
  app.useGlobalFilters(new PageErrors(pages, cookies));
  await app.init();
  return {
    asked,
    get: (url: string) => app.inject({ method: 'GET', url }),
    post: (url: string, form: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      }),
    close: () => app.close(),
  };
}

/** What a reader reads: the page without its markup, spaces as a browser shows them. */
export function textOf(html: string): string {
  return html
    .replace(/<head>[^]*<\/head>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

import fastifyCookie from '@fastify/cookie';
import { type InjectionToken, Module, type Type } from '@nestjs/common';
import { PARAMTYPES_METADATA, SELF_DECLARED_DEPS_METADATA } from '@nestjs/common/constants.js';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ask } from '../../apps/query/src/ask.js';
import type { AuditedQuery } from '../../apps/query/src/audited-query.js';
import { loadAuthority } from '../../apps/query/src/authority.js';
import { Viewed } from '../../apps/query/src/caseload/viewed.js';
import { Gate } from '../../apps/query/src/gate.js';
import { pageControllers } from '../../apps/query/src/layout/page-controllers.js';
import { PageErrors } from '../../apps/query/src/layout/page-errors.filter.js';
import { Pages } from '../../apps/query/src/layout/pages.js';
import { AUTHORITY } from '../../apps/query/src/providers.js';
import { KeptSearches } from '../../apps/query/src/search-people/kept-searches.js';
import type { SearchTerms } from '../../apps/query/src/search-people/search-terms.js';
import { Cookies } from '../../apps/query/src/sign-in/cookies.js';
import { GoingTo, ReaderMarks } from '../../apps/query/src/sign-in/going-to.js';
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
  const goingTo = new GoingTo(cookies, new ReaderMarks('secret'));
  const given = new Map<unknown, unknown>([
    [Ask, ask],
    [KeptSearches, searches],
    [SignIn, { leave: async () => '/signed-out', sessionOf: async () => null, leavingAddress: async () => null }],
    [Pages, pages],
    [Gate, { pass: async () => undefined }],
    [Viewed, { note: async () => undefined, last: async () => [] }],
    [AUTHORITY, pages.authority],
    [Cookies, cookies],
    [GoingTo, goingTo],
  ]);
  const needed = new Set([...pageControllers, PagesAboutPerson].flatMap(dependenciesOf));
  needed.delete(PagesAboutPerson);
  @Module({
    controllers: pageControllers,
    providers: [PagesAboutPerson, ...[...needed].map((provide) => ({ provide, useValue: given.get(provide) ?? {} }))],
  })
  class PagesAlone {}
  const app = await NestFactory.create<NestFastifyApplication>(PagesAlone, new FastifyAdapter(), { logger: false, abortOnError: false });
  await app.register(fastifyCookie, { secret: 'a secret of thirty-two letters or so' });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request) => {
      Object.assign(request, { asker: { reader: AMARA, requestId: 'request', holder: 'session', overriding: null } });
    });
  app.useGlobalFilters(new PageErrors(pages, goingTo));
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

/** What a class wants to be given, as Nest notes it: the types of its parameters, or the tokens said by `@Inject`. */
function dependenciesOf(type: Type): InjectionToken[] {
  const types = (Reflect.getMetadata(PARAMTYPES_METADATA, type) ?? []) as InjectionToken[];
  const tokens = (Reflect.getMetadata(SELF_DECLARED_DEPS_METADATA, type) ?? []) as { index: number; param: InjectionToken }[];
  return types.map((one, at) => tokens.find(({ index }) => index === at)?.param ?? one);
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

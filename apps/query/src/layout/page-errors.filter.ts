import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KnowsPerson, MatcherUnavailable, NoAnswer, NotAllowed, NotSignedIn, ReasonNeeded } from '../errors.js';
import type { DataClass } from '../policy/policy.js';
import type { Asker } from '../sign-in/reader.js';
import { reasonAddress } from '../give-reason/reason-address.js';
import { GoingTo } from '../sign-in/going-to.js';
import { localPath, pageBefore } from '../sign-in/local-path.js';
import { Pages } from './pages.js';

const UNREADABLE = { template: 'layout/unreadable.njk', title: 'This could not be read' };
const KNOWN = { template: 'declare-known/closed.njk', title: 'This record is closed to you' };
const MATCHER_AWAY = { template: 'review-matches/matcher-away.njk', title: 'What waits can’t be read at the moment' };
const OTHERS: Record<number, typeof UNREADABLE> = {
  404: { template: 'layout/not-found.njk', title: 'Page not found' },
  429: { template: 'layout/slow-down.njk', title: 'You have asked for more than one person can read' },
  403: { template: 'layout/not-allowed.njk', title: 'Your role does not include this' },
};

/** What a role does not include, in words. */
const REFUSED: Record<DataClass, string> = {
  search: 'looking up people',
  'basic-details': 'looking up people',
  relationships: 'looking up people',
  contacts: 'looking up people',
  panel: 'looking up people',
  'restricted-records': 'restricted records',
  audit: 'this part of the audit',
  'audit-terms': 'this part of the audit',
  operations: 'the operations pages',
  settings: 'the settings of the authority',
  'data-quality': 'the problems reported with a source',
  'own-sources': 'the pages of sources',
  'source-files': 'sending files for a source',
  matching: 'deciding whether records are of one person',
};

/** Tells on a page why there is no answer. A person who is absent and one who may not be seen get the very same page. */
@Catch()
export class PageErrors implements ExceptionFilter {
  private readonly logger = new Logger(PageErrors.name);
  constructor(
    private readonly pages: Pages,
    private readonly goingTo: GoingTo,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest & { asker?: Asker }>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const status = statusOf(error);
    if (status === 401) {
      this.leadToSignIn(request, reply, error instanceof NotSignedIn && error.hadSession);
      return;
    }
    if (error instanceof ReasonNeeded) {
      void reply.redirect(reasonAddress(error.person, localPath(request.url)), 303);
      return;
    }
    if (status >= 500) this.logger.error(error);
    void reply
      .status(status)
      .header('content-type', 'text/html; charset=utf-8')
      .send(status >= 500 && !(error instanceof MatcherUnavailable) ? this.pages.unavailable : this.pageOf(error, status, request.asker));
  }

  /** Once signed in, the reader is led back to the page asked for, or to the one a form was on: what was typed there is gone. */
  private leadToSignIn(request: FastifyRequest, reply: FastifyReply, hadSession: boolean): void {
    const { method, url, headers } = request;
    const path = method === 'GET' || method === 'HEAD' ? localPath(url) : pageBefore(headers.referer, headers.host);
    if (path !== null) this.goingTo.keep(request, reply, path);
    void reply.redirect(hadSession ? '/timed-out' : '/sign-in', 303);
  }

  private pageOf(error: unknown, status: number, asker: Asker | undefined): string {
    const { template, title } = ofItsOwn(error) ?? OTHERS[status] ?? UNREADABLE;
    return this.pages.render(template, { title, reader: asker?.reader }, { refused: refusedIn(error) });
  }
}

/** A page for one error alone. */
function ofItsOwn(error: unknown): typeof UNREADABLE | undefined {
  if (error instanceof KnowsPerson) return KNOWN;
  return error instanceof MatcherUnavailable ? MATCHER_AWAY : undefined;
}

const refusedIn = (error: unknown): string => (error instanceof NotAllowed && error.data !== null ? REFUSED[error.data] : 'this page');

/** Our own refusals, Nest's, and Fastify's, which carry `statusCode`. */
function statusOf(error: unknown): number {
  if (error instanceof NoAnswer) return error.status;
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? status : 500;
}

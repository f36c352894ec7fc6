import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PageErrors } from '../layout/page-errors.filter.js';
import { ProblemFilter } from './problem.filter.js';

/** What no controller answered: a problem under /v1, a page elsewhere. */
@Catch()
export class Fallback implements ExceptionFilter {
  constructor(
    private readonly pages: PageErrors,
    private readonly problems: ProblemFilter,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { url } = host.switchToHttp().getRequest<FastifyRequest>();
    const told: ExceptionFilter = url.startsWith('/v1/') ? this.problems : this.pages;
    // oxlint-disable-next-line promise/valid-params, promise/no-promise-in-callback -- a filter's catch, not a promise's
    told.catch(error, host);
  }
}

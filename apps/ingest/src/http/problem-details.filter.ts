import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '#lib/runtime';
import { RequestProblem } from './request-problem.js';

/** Answers every failure as `application/problem+json` (RFC 9457), and logs it without anything that was sent. */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const problem = problemOf(error);
    if (problem.status >= 500)
      this.logger.error({ err: error, code: problem.code, route: routeOf(http.getRequest<FastifyRequest>()) }, 'not answered');
    sendProblem(http.getResponse<FastifyReply>(), problem);
  }
}

export function sendProblem(reply: FastifyReply, problem: RequestProblem): void {
  void reply
    .status(problem.status)
    .headers({ 'cache-control': 'no-store', ...problem.more.headers })
    .type('application/problem+json; charset=utf-8')
    .send(bodyOf(problem));
}

/** The problem as RFC 9457 writes it. */
export function bodyOf({ status, code, title, detail, more }: RequestProblem): string {
  return JSON.stringify({
    type: `urn:involvement-index:problem:${code}`,
    title,
    status,
    detail,
    ...(more.problems && { problems: more.problems }),
  });
}

function problemOf(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  if (isRetriable(error)) return notNow();
  const status = statusOf(error);
  const known = KNOWN[status];
  if (known) return known();
  if (status >= 400 && status < 500)
    return new RequestProblem(status, 'bad-request', STATUS_CODES[status] ?? 'Bad request', 'See the documentation of this address.');
  return new RequestProblem(
    500,
    'our-fault',
    'Something went wrong here.',
    'Nothing sent is known to be published. It is logged; send again later.',
  );
}

/** Sending again is safe: what had been published already has the same id and no second effect. */
const notNow = () =>
  new RequestProblem(
    503,
    'try-again',
    'The index can not take events just now.',
    'Send the same request again later; it has no second effect.',
    {
      headers: { 'retry-after': '5' },
    },
  );

const KNOWN: Partial<Record<number, () => RequestProblem>> = {
  400: () => new RequestProblem(400, 'bad-request', 'The request could not be read.', 'Check the address and the headers.'),
  404: () =>
    new RequestProblem(404, 'no-such-address', 'There is nothing at this address.', 'Events go to POST /v1/sources/{source}/events.'),
  413: () => new RequestProblem(413, 'too-large', 'The body is too large.', 'Send 5 MB and 1,000 events at most.'),
  415: () => new RequestProblem(415, 'not-json', 'The body is not sent as JSON.', 'Send Content-Type: application/json, not compressed.'),
};

const isRetriable = (error: unknown) => error instanceof Error && 'retriable' in error && error.retriable === true;

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

/** The route's pattern: an address itself may hold anything. */
const routeOf = (request: FastifyRequest): string | undefined => request.routeOptions?.url;

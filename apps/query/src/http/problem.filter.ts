import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NoAnswer } from '../errors.js';
import { type Problem, ProblemFound } from './problem.js';

/** Tells as `application/problem+json` why there is no answer. It quotes nothing that was asked or found: an absent and a hidden person get the same bytes. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error(error);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (problem.status === 503) reply.header('retry-after', '5');
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    const { code, ...rest } = problem;
    void reply
      .status(problem.status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify({ type: `urn:involvement-index:problem:${code}`, ...rest }));
  }
}

const FAULT: Problem = { code: 'fault', status: 500, title: 'Something went wrong here; it has been logged.' };

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemFound) return error.problem;
  if (error instanceof NoAnswer) return { code: error.code, status: error.status, title: error.message };
  const status = statusOf(error);
  return OTHERS[status] ?? (status >= 400 && status < 500 ? { ...OTHERS[400]!, status } : FAULT);
}

const OTHERS: Partial<Record<number, Problem>> = {
  400: { code: 'bad-request', status: 400, title: 'The request could not be read. See /docs.' },
  404: { code: 'not-found', status: 404, title: 'Nothing of that address may be seen.' },
  413: { code: 'too-large', status: 413, title: 'The body is too large.' },
  415: { code: 'not-json', status: 415, title: 'Send Content-Type: application/json.' },
};

/** Nest's errors, and Fastify's own, which carry `statusCode`. Their messages may quote what was sent, so they are never passed on. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

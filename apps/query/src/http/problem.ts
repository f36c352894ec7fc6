import { z } from 'zod';
import { pointerTo } from '#lib/events';
import { plainIssue } from '../plain-issue.js';

/** An error as machine clients get it (RFC 9457); `code` ends its type. */
export interface Problem {
  code: string;
  status: number;
  title: string;
  /** What to correct, field by field. */
  problems?: { pointer: string; expected: string }[];
}

/** As the documentation shows it. */
z.object({
  type: z.string().describe('urn:involvement-index:problem: and a stable code'),
  title: z.string(),
  status: z.int(),
  problems: z
    .array(z.object({ pointer: z.string().describe('JSON pointer into the body, or into the query'), expected: z.string() }))
    .optional(),
}).meta({ id: 'ProblemDetails' });

/** Thrown where a request can't be served as it was sent. */
export class ProblemFound extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/** What a machine has sent, read. @throws ProblemFound naming every mistake in it */
export function readSent<Sent>(schema: z.ZodType<Sent>, body: unknown, problem: Omit<Problem, 'problems' | 'status'>): Sent {
  const read = schema.safeParse(body, { error: plainIssue });
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => ({ pointer: pointerTo(path), expected: message }));
  throw new ProblemFound({ ...problem, status: 400, problems });
}

/** Absent, restricted, another reader's, over: nobody can tell which. */
export const notFound = () => new ProblemFound({ code: 'not-found', status: 404, title: 'Nothing of that address may be seen.' });

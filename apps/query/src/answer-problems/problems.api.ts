import { Get, Inject, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { z } from 'zod';
import { type Answer, Ask } from '../ask.js';
import type { Authority } from '../authority.js';
import { answerSchema } from '../http/answer-schema.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { ProblemFound } from '../http/problem.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { ProblemAsked } from './problem-asked.js';
import { ViewProblems } from './view-problems.query.js';
import { choosable } from './which-database.js';

answerSchema(z.array(ProblemAsked), 'ProblemsAnswer');

@ApiController('Problems')
export class ProblemsApi {
  constructor(
    private readonly ask: Ask,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('problems')
  @Documented({
    id: 'viewProblems',
    summary: 'What readers have reported to be wrong in one’s own sources',
    description:
      'For source publishers and their machines: the sources that their team publishes (`publishedBy` in the authority’s settings). What waits longest comes first, 500 at most; ' +
      'answered ones for 90 days. Data analysts are asked alone, without a source, where something is said to be missing and nothing is shown (`knownAs` says whose records). Of the person there is nothing but the source’s own ids and, where the problem is with a value, what its own records state.',
    answer: 'ProblemsAnswer',
    wrong: 'The `source` is none that the reader answers for.',
  })
  @ApiQuery({
    name: 'source',
    required: false,
    schema: { type: 'string' },
    description:
      'One of the sources that the reader answers for, or `data-analysts` for what these are asked alone: its problems only. Left out, all of them are meant.',
  })
  async problems(@CurrentAsker() asker: Asker, @Query('source') source: unknown): Promise<Answer<ProblemAsked[]>> {
    const choices = choosable(asker.reader, this.authority);
    const chosen = source === undefined ? null : (choices.find((one) => one === source) ?? NONE_OF_THEIRS);
    // Asked also where the answer is refused: whether the reader may be here is decided, and that they came put on record, first.
    const answer = await this.ask.ask(asker, new ViewProblems(asker.reader, { chosen }));
    if (chosen === NONE_OF_THEIRS) throw notTheirs(choices);
    return { ...answer, result: answer.result.map(({ asked }) => asked) };
  }
}

const NONE_OF_THEIRS = '';

/** Refused, where the page lists all: a program that has misspelt a source is not to take the others’ problems for its own. */
const notTheirs = (choices: readonly string[]) =>
  new ProblemFound({
    code: 'source-wrong',
    status: 400,
    title: 'That is no source that you answer for.',
    problems: [{ pointer: '/source', expected: `one of: ${choices.join(', ')}` }],
  });

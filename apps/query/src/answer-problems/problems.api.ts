import { Get } from '@nestjs/common';
import { z } from 'zod';
import { type Answer, Ask } from '../ask.js';
import { answerSchema } from '../http/answer-schema.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { ProblemAsked } from './problem-asked.js';
import { ViewProblems } from './view-problems.query.js';

answerSchema(z.array(ProblemAsked), 'ProblemsAnswer');

@ApiController('Problems')
export class ProblemsApi {
  constructor(private readonly ask: Ask) {}

  @Get('problems')
  @Documented({
    id: 'viewProblems',
    summary: 'What readers have reported to be wrong in one’s own sources',
    description:
      'For source publishers and their machines: the sources that their team publishes (`publishedBy` in the authority’s settings). What waits longest comes first, 500 at most; ' +
      'answered ones for 90 days. Data analysts are asked alone, without a source, where something is said to be missing and nothing is shown (`knownAs` says whose records). Of the person there is nothing but the source’s own ids and, where the problem is with a value, what its own records state.',
    answer: 'ProblemsAnswer',
  })
  async problems(@CurrentAsker() asker: Asker): Promise<Answer<ProblemAsked[]>> {
    const answer = await this.ask.ask(asker, new ViewProblems(asker.reader));
    return { ...answer, result: answer.result.map(({ asked }) => asked) };
  }
}

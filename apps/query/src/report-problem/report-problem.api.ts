import { Body, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Ask } from '../ask.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { notFound, ProblemFound } from '../http/problem.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { hasMoved } from '../view-person/moved-person.js';
import { textIn, ThroughChild } from '../view-person/through-child.js';
import { isForStewards } from './for-stewards.js';
import { isPanelChanged } from './panel-changed.js';
import { ProblemToReport, reportSent, reportWrong } from './problem-form.js';
import { isReportedAlready, type ReportedAlready } from './reported-already.js';
import { ReportProblem } from './report-problem.query.js';
import { isRefusedByRule } from './ruled-out.js';
import { SendProblem } from './send-problem.js';
import { isWhichAsked } from './which-involvement.js';

export const ProblemReported = z
  .object({
    /** As the service’s panel, or the person, lists it, with whoever was asked and what they say. */
    problem: z.uuid(),
    /** Null: it has been sent now. Else since when the reader’s own report of the same is with those who are to answer: nothing was sent again. Milliseconds since 1970. */
    alreadySince: z.number().nullable(),
  })
  .meta({ id: 'ProblemReported' });
export type ProblemReported = z.output<typeof ProblemReported>;

export const ALREADY = 'The reader has reported the same before, and it waits for an answer: nothing is sent again.';

/** The answer where nothing is sent. */
export function reportedBefore({ already }: ReportedAlready, reply: FastifyReply): ProblemReported {
  reply.status(200);
  return { problem: already.id, alreadySince: already.reportedAt };
}

@ApiController('Problems')
export class ReportProblemApi {
  constructor(
    private readonly ask: Ask,
    private readonly sending: SendProblem,
  ) {}

  @Post('people/:id/services/:service/problems')
  @Documented({
    id: 'reportProblem',
    summary: 'Report a problem with what a service’s panel shows',
    description:
      'Goes to every source behind the panel, without the reader’s name unless `named` says so; the panel shows it, and what the sources answer. ' +
      'Of a panel that shows nothing (`canOpen` is false) only `missing-involvement` can be reported: it goes to the data analysts alone, to no source, and the person lists it (`missing`). ' +
      'Where a rule leaves the service out whatever is known (`state.reason` is `age-rule`, `age-not-known`, `no-agreement` or `ask-the-broker`), every report is refused (409, `left-out-by-rule`), with whom to ring. ' +
      'Of a worker’s details or an end, where several involvements are shown, `involvement` says of which (`id`): its source alone is asked. One that is not shown, whatever the reason, is refused (409). ' +
      'With `analystsAlone`, what the reader was told of that, a report is refused (409) where the panel has changed since. Where several records make up the person, `wrong-person` is refused (409): a reader says on the person’s page which of them is of somebody else, and data stewards decide. An id no longer used is not found: look where the person’s own address leads.',
    status: 201,
    again: ALREADY,
    conflict: 'A rule leaves the service out, the panel has changed, or data stewards are to be asked: the code says which.',
    answer: 'ProblemReported',
    body: 'ProblemToReport',
  })
  @ThroughChild()
  async report(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Param('service') service: string,
    @Query('child') child: unknown,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProblemReported> {
    const asked = new ReportProblem(id, service, reportSent(ProblemToReport, body), { child: textIn(child) });
    const { result } = await this.ask.ask(asker, asked);
    if (result === null || hasMoved(result)) throw notFound();
    if (isForStewards(result))
      throw new ProblemFound({ code: 'for-stewards', status: 409, title: 'Say on the person’s page which record is of somebody else.' });
    if (isRefusedByRule(result)) throw new ProblemFound({ code: 'left-out-by-rule', status: 409, title: result.ruledOut });
    if (isPanelChanged(result))
      throw new ProblemFound({
        code: 'panel-changed',
        status: 409,
        title: 'The panel has changed: the report would go to others, or be of what is not shown.',
      });
    if (isWhichAsked(result)) throw reportWrong([{ pointer: '/involvement', expected: 'the `id` of one of the panel’s involvements' }]);
    if (isReportedAlready(result)) return reportedBefore(result, reply);
    await this.sending.send(asker, asked, result);
    return { problem: asked.problem, alreadySince: null };
  }
}

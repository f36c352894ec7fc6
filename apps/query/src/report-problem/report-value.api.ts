import { Body, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Answer, Ask } from '../ask.js';
import { answerSchema } from '../http/answer-schema.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { notFound } from '../http/problem.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { hasMoved } from '../view-person/moved-person.js';
import { textIn, ThroughChild } from '../view-person/through-child.js';
import { reportSent, ValueProblemToReport } from './problem-form.js';
import { isReportedAlready } from './reported-already.js';
import { ALREADY, type ProblemReported, reportedBefore } from './report-problem.api.js';
import { ReportValue, ValuesToReport, ViewValues } from './report-value.query.js';
import { SendProblem } from './send-problem.js';

answerSchema(ValuesToReport, 'ValuesToReportAnswer');

@ApiController('Problems')
export class ReportValueApi {
  constructor(
    private readonly ask: Ask,
    private readonly sending: SendProblem,
  ) {}

  @Get('people/:id/values')
  @Documented({
    id: 'viewValuesToReport',
    summary: 'The names, dates of birth and death, and addresses of a person that a problem can be reported with',
    description:
      'Each with the databases of which a record states it: they would be asked. An id no longer used is not found: look where the person’s own address leads.',
    answer: 'ValuesToReportAnswer',
  })
  @ThroughChild()
  async values(@CurrentAsker() asker: Asker, @Param('id') id: string, @Query('child') child: unknown): Promise<Answer<ValuesToReport>> {
    const { result, ...answer } = await this.ask.ask(asker, new ViewValues(id, { child: textIn(child) }));
    if (result === null || hasMoved(result)) throw notFound();
    return { result, ...answer };
  }

  @Post('people/:id/problems')
  @Documented({
    id: 'reportValue',
    summary: 'Report a problem with a name, a date of birth or an address',
    description:
      'Goes to every source of which a record states that value, without the reader’s name unless `named` says so; the person shows it (`problems`), and what the sources answer. ' +
      'A value that is not shown, or that no record of a source that may be named states, is not found.',
    status: 201,
    again: ALREADY,
    answer: 'ProblemReported',
    body: 'ValueProblemToReport',
  })
  @ThroughChild()
  async report(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Query('child') child: unknown,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProblemReported> {
    const { value, ...report } = reportSent(ValueProblemToReport, body);
    const asked = new ReportValue(id, { value }, report, { child: textIn(child) });
    const { result } = await this.ask.ask(asker, asked);
    if (result === null || hasMoved(result)) throw notFound();
    if (isReportedAlready(result)) return reportedBefore(result, reply);
    await this.sending.send(asker, asked, result);
    return { problem: asked.problem, alreadySince: null };
  }
}

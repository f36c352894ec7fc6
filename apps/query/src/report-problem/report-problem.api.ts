import { Body, Param, Post, Query } from '@nestjs/common';
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
import { ProblemToReport, reportSent } from './problem-form.js';
import { ReportProblem } from './report-problem.query.js';
import { isRefusedByRule } from './ruled-out.js';
import { SendProblem } from './send-problem.js';

export const ProblemReported = z
  .object({
    /** As the service’s panel, or the person, lists it, with whoever was asked and what they say. */
    problem: z.uuid(),
  })
  .meta({ id: 'ProblemReported' });

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
      'With `analystsAlone`, what the reader was told of that, a report is refused (409) where the panel has changed since. Where several records make up the person, `wrong-person` is refused (409): a reader says on the person’s page which of them is of somebody else, and data stewards decide. An id no longer used is not found: look where the person’s own address leads.',
    status: 201,
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
  ): Promise<z.output<typeof ProblemReported>> {
    const asked = new ReportProblem(id, service, reportSent(ProblemToReport, body), { child: textIn(child) });
    const { result } = await this.ask.ask(asker, asked);
    if (result === null || hasMoved(result)) throw notFound();
    if (isForStewards(result))
      throw new ProblemFound({ code: 'for-stewards', status: 409, title: 'Say on the person’s page which record is of somebody else.' });
    if (isPanelChanged(result))
      throw new ProblemFound({ code: 'panel-changed', status: 409, title: 'The panel has changed: the report would go to others.' });
    if (isRefusedByRule(result)) throw new ProblemFound({ code: 'left-out-by-rule', status: 409, title: result.ruledOut });
    await this.sending.send(asker, asked, result);
    return { problem: asked.problem };
  }
}

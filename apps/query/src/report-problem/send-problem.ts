import { Injectable, Logger } from '@nestjs/common';
import type { Asker } from '../sign-in/reader.js';
import { type Concerned, KeptProblems } from './kept-problems.js';
import { ProblemMeasures } from './problem-measures.js';
import type { ReportProblem } from './report-problem.query.js';

/** Sends a problem, once it is on record, to every source that holds the value. */
@Injectable()
export class SendProblem {
  private readonly logger = new Logger(SendProblem.name);
  constructor(
    private readonly kept: KeptProblems,
    private readonly measures: ProblemMeasures,
  ) {}

  async send(asker: Asker, { problem, service, report }: ReportProblem, concerned: Concerned): Promise<void> {
    await this.kept.keep(asker, problem, service, report, concerned);
    this.measures.reported(report.category);
    this.logger.log(`a problem is reported: ${problem}, ${report.category} of ${service}, request ${asker.requestId}`);
  }
}

import { Injectable, Logger } from '@nestjs/common';
import type { Asker } from '../sign-in/reader.js';
import { type About, type Concerned, KeptProblems } from './kept-problems.js';
import type { ProblemReport } from './problem-form.js';
import { ProblemMeasures } from './problem-measures.js';

/** A problem that is on record. */
interface Reported {
  problem: string;
  about: About;
  report: ProblemReport;
}

/** Sends a problem, once it is on record, to everybody who is to answer. */
@Injectable()
export class SendProblem {
  private readonly logger = new Logger(SendProblem.name);
  constructor(
    private readonly kept: KeptProblems,
    private readonly measures: ProblemMeasures,
  ) {}

  async send(asker: Asker, { problem, about, report }: Reported, concerned: Concerned): Promise<void> {
    await this.kept.keep(asker, problem, about, report, concerned);
    this.measures.reported(report.category);
    const what = 'service' in about ? about.service : about.value.kind;
    this.logger.log(`a problem is reported: ${problem}, ${report.category} of ${what}, request ${asker.requestId}`);
  }
}

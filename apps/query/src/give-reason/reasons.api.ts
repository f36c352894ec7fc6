import { Body, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Gate } from '../gate.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { notFound, ProblemFound, readSent } from '../http/problem.js';
import { isComplete, type Purpose } from '../policy/purpose.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { personIdIn } from '../view-person/person-id.js';
import { GiveReason } from './give-reason.js';
import { PurposeGiven } from './purpose-form.js';

const ReasonKept = z.object({ person: z.guid() }).meta({ id: 'ReasonKept' });

@ApiController('People')
export class ReasonsApi {
  constructor(
    private readonly gate: Gate,
    private readonly giving: GiveReason,
  ) {}

  @Post('people/:id/reasons')
  @Documented({
    id: 'giveReason',
    summary: 'Say why a person outside one’s own cases is looked at',
    description:
      'Holds for that person and those linked to them in the case management system, until the session is over (a machine’s: 10 hours), and stands in ' +
      'every record of those looks. Where a question is answered 403 with `reason-needed`, give one here and ask again. It says nothing of whether there is such a person.',
    status: 201,
    answer: 'ReasonKept',
    body: 'PurposeGiven',
  })
  async give(@CurrentAsker() asker: Asker, @Param('id') id: string, @Body() body: unknown): Promise<z.output<typeof ReasonKept>> {
    await this.gate.pass(asker, 'search', { action: 'gave-reason' });
    const person = personIdIn(id);
    if (person === null) throw notFound();
    await this.giving.give(asker, person, purposeIn(body));
    return { person };
  }
}

function purposeIn(body: unknown): Purpose {
  const { purpose: why, words, reference } = readSent(PurposeGiven, body, WRONG);
  const purpose = { why, words, reference };
  if (isComplete(purpose)) return purpose;
  const problems = [{ pointer: '/words', expected: 'why, in words: the purpose is "other"' }];
  throw new ProblemFound({ ...WRONG, status: 400, problems });
}

const WRONG = { code: 'purpose-wrong', title: 'That is no reason.' };

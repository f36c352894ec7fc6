import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ask } from '../ask.js';
import { MatchModelNow } from '../compare-records/match-model-now.js';
import { answerSchema } from '../http/answer-schema.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { notFound, readSent } from '../http/problem.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { hasMoved } from '../view-person/moved-person.js';
import { textIn, ThroughChild } from '../view-person/through-child.js';
import { CLAIM_REASONS, type ClaimReason, LONGEST_WORDS, type RaisedClaim } from './claim-form.js';
import { type Acting, ClaimedPeople, ClaimSame, openOf } from './claim-same.query.js';
import { KeptClaims } from './kept-claims.js';

const ClaimToRaise = z
  .object({
    because: z.enum(Object.keys(CLAIM_REASONS) as [ClaimReason, ...ClaimReason[]]),
    words: z.string().trim().max(LONGEST_WORDS, `${LONGEST_WORDS} characters or fewer`).default(''),
  })
  .meta({ id: 'ClaimToRaise' });
const ClaimRaised = z.object({ claim: z.uuid() }).meta({ id: 'ClaimRaised' });
const ClaimsWithdrawn = z.object({ claims: z.array(z.uuid()) }).meta({ id: 'ClaimsWithdrawn' });
answerSchema(ClaimedPeople, 'ClaimedPeopleAnswer');

/** "Same person?" as the page has it. */
@ApiController('Claims')
export class ClaimsApi {
  constructor(
    private readonly asking: Ask,
    private readonly kept: KeptClaims,
    private readonly model: MatchModelNow,
  ) {}

  @Get('people/:id/same/:other')
  @Documented({
    id: 'viewClaims',
    summary: 'What the reader has said of two people’s being one, and what became of it',
    description: 'Also of two who are shown as one by now. An id of the first no longer used is not found.',
    answer: 'ClaimedPeopleAnswer',
  })
  @ThroughChild()
  async view(@CurrentAsker() asker: Asker, @Param('id') id: string, @Param('other') other: string, @Query('child') child: unknown) {
    const { asked: _, ...answer } = await this.ask(asker, [id, other], child, null);
    return answer;
  }

  @Post('people/:id/same/:other')
  @Documented({
    id: 'raiseClaim',
    summary: 'Say that two people who are shown apart are one',
    description:
      'Data stewards are asked about the two records of theirs that are most alike, whatever the matcher makes of them. Nothing is joined or hidden until they have decided; no source is told. Of whoever was opened past a restriction nothing can be said.',
    status: 201,
    answer: 'ClaimRaised',
    body: 'ClaimToRaise',
  })
  @ThroughChild()
  async raise(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Param('other') other: string,
    @Query('child') child: unknown,
    @Body() body: unknown,
  ): Promise<z.output<typeof ClaimRaised>> {
    const raised = claimIn(body);
    const { asked, result } = await this.ask(asker, [id, other], child, { raising: raised.because });
    return { claim: await this.kept.raise(asker, asked.claim, result.records, raised) };
  }

  @Post('people/:id/same/:other/withdrawn')
  @HttpCode(200)
  @Documented({
    id: 'withdrawClaims',
    summary: 'Withdraw what the reader has said of two people’s being one',
    description: 'While it is open. Claims of other readers stay.',
    answer: 'ClaimsWithdrawn',
  })
  @ThroughChild()
  async withdraw(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Param('other') other: string,
    @Query('child') child: unknown,
  ): Promise<z.output<typeof ClaimsWithdrawn>> {
    const { result } = await this.ask(asker, [id, other], child, 'withdrawing');
    const claims = openOf(result.own);
    await this.kept.withdraw(asker, claims);
    return { claims };
  }

  /** What is done is on record first. */
  private async ask(asker: Asker, [id, other]: [string, string], child: unknown, acting: Acting | null) {
    const asked = new ClaimSame(id, other, await this.model.read(), { child: textIn(child) }, acting);
    const { result, ...answer } = await this.asking.ask(asker, asked);
    if (result === null || hasMoved(result)) throw notFound();
    return { ...answer, asked, result };
  }
}

const claimIn = (body: unknown): RaisedClaim =>
  readSent(ClaimToRaise, body, { code: 'claim-wrong', title: 'That is no claim about two people.' });

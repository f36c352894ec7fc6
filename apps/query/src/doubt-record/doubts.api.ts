import { Body, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Ask } from '../ask.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { notFound, readSent } from '../http/problem.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { hasMoved } from '../view-person/moved-person.js';
import { textIn, ThroughChild } from '../view-person/through-child.js';
import { LONGEST_WORDS, type RaisedDoubt } from './doubt-form.js';
import { DOUBT_REASONS, type DoubtReason } from './doubt-reasons.js';
import { type Acting, DoubtRecord } from './doubt-record.query.js';
import { KeptDoubts } from './kept-doubts.js';

const DoubtToRaise = z
  .object({
    record: z.guid('the record that may be of another person, as GET of the same address lists it'),
    because: z.enum(Object.keys(DOUBT_REASONS) as [DoubtReason, ...DoubtReason[]]),
    words: z.string().trim().max(LONGEST_WORDS, `${LONGEST_WORDS} characters or fewer`).default(''),
  })
  .meta({ id: 'DoubtToRaise' });

/** `hides`: what the record says is held back from every reader until data stewards have looked. */
const DoubtRaised = z.object({ doubt: z.uuid(), hides: z.boolean() }).meta({ id: 'DoubtRaised' });
const DoubtWithdrawn = z.object({ doubt: z.uuid() }).meta({ id: 'DoubtWithdrawn' });

/** "Not the same person?" as the page has it. */
@ApiController('Doubts')
export class DoubtsApi {
  constructor(
    private readonly asking: Ask,
    private readonly kept: KeptDoubts,
  ) {}

  @Post('people/:id/doubts')
  @Documented({
    id: 'raiseDoubt',
    summary: 'Say that a record is of another person than it is shown with',
    description:
      'Data stewards look at it first of all; no source is told. What a record of a service that is matched with care says is held back from every reader until then (`hides`). Of a person of one record, or one whose restriction was overridden, nothing can be doubted. An id no longer used is not found.',
    status: 201,
    answer: 'DoubtRaised',
    body: 'DoubtToRaise',
  })
  @ThroughChild()
  async raise(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Query('child') child: unknown,
    @Body() body: unknown,
  ): Promise<z.output<typeof DoubtRaised>> {
    const raised = doubtIn(body);
    const asked = await this.acted(asker, id, child, { raising: raised.record, because: raised.because });
    const hides = asked.records.some(({ record, hides }) => record === raised.record && hides);
    return { doubt: await this.kept.raise(asker, asked.doubt, asked.person, raised, hides), hides };
  }

  @Post('people/:id/doubts/:doubt/withdrawn')
  @HttpCode(200)
  @Documented({
    id: 'withdrawDoubt',
    summary: 'Withdraw a doubt of one’s own that is open',
    description: 'Also one about a record that stands alone, or has left the person, since. Doubts of other readers stay.',
    answer: 'DoubtWithdrawn',
  })
  @ThroughChild()
  async withdraw(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Param('doubt') doubt: string,
    @Query('child') child: unknown,
  ): Promise<z.output<typeof DoubtWithdrawn>> {
    await this.acted(asker, id, child, { withdrawing: doubt });
    await this.kept.withdraw(asker, doubt);
    return { doubt };
  }

  /** On record first. */
  private async acted(asker: Asker, id: string, child: unknown, acting: Acting) {
    const asked = new DoubtRecord(id, { child: textIn(child) }, acting);
    const { result } = await this.asking.ask(asker, asked);
    if (result === null || hasMoved(result)) throw notFound();
    return { ...result, doubt: asked.doubt, person: result.identity.person };
  }
}

const doubtIn = (body: unknown): RaisedDoubt =>
  readSent(DoubtToRaise, body, { code: 'doubt-wrong', title: 'That is no doubt about a record.' });

import { Body, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { askRequest } from '#lib/read-model';
import { type Authority, databaseName } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { type Again, renderConfirmation } from './confirm.js';
import { counted, lastingWords } from './lasting-words.js';
import { Operate } from './operate.js';
import { pressOrShowAgain } from './press-or-show-again.js';
import { countChosen, type ParkedChoice } from './read-parked.js';
import { renderOperations } from './render-operations.js';
import { type Problem, reasonIn, textIn, type Typed } from './typed.js';

const WAYS = {
  redrive: {
    title: 'Redrive parked events',
    button: 'Redrive',
    words: 'They are folded once more. Those that fold now are applied once and let go; the others stay parked, with their new reason.',
  },
  discard: {
    title: 'Discard parked events',
    button: 'Discard',
    words: 'They are let go for good and never applied. The log still holds them: a new generation will park them again.',
  },
} as const;
type Way = keyof typeof WAYS;

const BACK = { text: 'Parked events', href: '/operations/parked' };

/** Redriving and discarding: how many first, then why, then a request that upkeep picks up. */
@PageController()
export class ReleaseParkedPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/operations/parked/:way')
  @AsPage()
  async confirm(@CurrentAsker() asker: Asker, @Param('way') way: string, @Query() query: Typed): Promise<string> {
    return this.form(asker, wayIn(way), choiceIn(query));
  }

  @Post('/operations/parked/:way')
  @AsPage()
  async act(
    @CurrentAsker() asker: Asker,
    @Param('way') given: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const way = wayIn(given);
    const choice = choiceIn(typed);
    const problems: Problem[] = [];
    const reason = reasonIn(typed, problems);
    const request = { verb: way, arguments: { ...choice }, askedBy: asker.reader.id, reason };
    const act = async () => {
      const id = await this.operate.press(asker, { verb: way, reason, about: { ...choice } }, (pool) => askRequest(pool, request));
      return `/operations/requests/${id}`;
    };
    return pressOrShowAgain({ reply, typed, problems, act, form: (again) => this.form(asker, way, choice, again) });
  }

  private async form(asker: Asker, way: Way, choice: ParkedChoice, again?: Again): Promise<string> {
    const { now, events, oldestAt } = await this.operate.look(asker, `parked/${way}`, async (sight) => ({
      now: sight.now,
      ...(await countChosen(sight, choice)),
    }));
    const { title, button, words } = WAYS[way];
    const meant = this.meant(choice);
    if (oldestAt === null)
      return renderOperations(this.pages, asker, 'nothing-parked.njk', { title, section: 'parked', back: BACK }, { meant });
    const count = `This is about ${counted(events, 'event')}${meant}, the oldest parked for ${lastingWords(now - oldestAt)}.`;
    const confirmation = { section: 'parked', title, about: [count, words], button, dangerous: way === 'discard', back: BACK } as const;
    const target = { action: `/operations/parked/${way}`, kept: { ...choice } };
    return renderConfirmation(this.pages, asker, { ...confirmation, about: [...confirmation.about], ...target }, again);
  }

  private meant({ source, code }: ParkedChoice): string {
    const from = source === undefined ? '' : ` of ${databaseName(this.authority, source)}`;
    return code === undefined ? from : `${from} with the reason ${code}`;
  }
}

function wayIn(way: string): Way {
  if (!Object.hasOwn(WAYS, way)) throw new NotFoundException();
  return way as Way;
}

function choiceIn(fields: Typed): ParkedChoice {
  const [source, code] = [textIn(fields, 'source'), textIn(fields, 'code')];
  return { ...(source !== '' && { source }), ...(code !== '' && { code }) };
}

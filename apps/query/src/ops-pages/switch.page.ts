import { Body, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { switchGeneration } from '#lib/read-model';
import { instantWords } from '../day-words.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { GENERATIONS } from './build.page.js';
import { type Again, renderConfirmation } from './confirm.js';
import { generationAsked, numberIn } from './generation-asked.js';
import { counted } from './lasting-words.js';
import { Operate } from './operate.js';
import { pressOrShowAgain } from './press-or-show-again.js';
import type { Comparison } from './read-comparisons.js';
import { shareWords } from './request-words.js';
import { type Problem, reasonIn, textIn, type Typed } from './typed.js';

/** Letting readers see another generation, a new one or one that was live before. */
@PageController()
export class SwitchPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
  ) {}

  @Get('/operations/generations/:id/switch')
  @AsPage()
  confirm(@CurrentAsker() asker: Asker, @Param('id') id: string): Promise<string> {
    return this.form(asker, id);
  }

  @Post('/operations/generations/:id/switch')
  @AsPage()
  async act(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const to = numberIn(id);
    const problems: Problem[] = [];
    const approved = textIn(typed, 'approved') === '' ? undefined : reasonIn(typed, problems, 'approved');
    const reason = reasonIn(typed, problems);
    const act = async () => {
      const press = { verb: 'switch', reason, about: { generation: to, ...(approved && { approved }) } };
      await this.operate.press(asker, press, (pool) => switchGeneration(pool, { to, approved }));
      return '/operations/generations?done=switch';
    };
    return pressOrShowAgain({ reply, typed, problems, act, form: (again) => this.form(asker, id, again) });
  }

  private async form(asker: Asker, id: string, again?: Again): Promise<string> {
    const { generation, live, compared, unproven } = await generationAsked(this.operate, asker, { page: 'generations/switch', id });
    const back = generation.state === 'retired';
    const about = [
      `Readers see generation ${generation.id} from the next answer on, instead of generation ${live.id}. No answer mixes the two. Generation ${live.id} keeps up, so that it can be rolled back to at once.`,
      ...(back ? [`Generation ${generation.id} was live before; it comes back as it is now.`] : comparedWords(compared)),
      ...(back || unproven === undefined ? [] : [unproven]),
    ];
    const title = back ? `Roll back to generation ${generation.id}` : `Switch to generation ${generation.id}`;
    const button = back ? 'Roll back' : 'Switch';
    const fields = { unproven: !back && unproven !== undefined, comparison: compared ?? null, generation: generation.id };
    const confirmation = { section: 'generations', title, about, button, back: GENERATIONS, template: 'switch.njk', fields } as const;
    return renderConfirmation(this.pages, asker, { ...confirmation, action: `/operations/generations/${id}/switch` }, again);
  }
}

function comparedWords(compared: Comparison | undefined): string[] {
  if (compared === undefined) return [];
  const { differences, rows, share, comparedAt } = compared;
  const found = differences === 0 ? 'no differences' : counted(differences, 'difference');
  return [
    `It was last compared with the live one on ${instantWords(comparedAt)}: ${found} in ${counted(rows, 'row')} (${shareWords(share)}).`,
  ];
}

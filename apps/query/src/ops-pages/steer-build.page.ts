import { Body, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { allGenerations, steerBuild } from '#lib/read-model';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { GENERATIONS, WRONG_LIMIT } from './build.page.js';
import { type Again, renderConfirmation } from './confirm.js';
import { Operate } from './operate.js';
import { pressOrShowAgain } from './press-or-show-again.js';
import { countIn, type Problem, reasonIn, type Typed } from './typed.js';

const WAYS = {
  pause: {
    title: 'Pause the build',
    button: 'Pause it',
    wanted: 'pause',
    words: 'It stands still within a second, and goes on from there when it is resumed.',
  },
  resume: { title: 'Resume the build', button: 'Resume it', wanted: 'run', words: 'It goes on where it stood.' },
  'slow-down': {
    title: 'Slow the build down',
    button: 'Set the limit',
    wanted: undefined,
    words: 'The new limit holds from the next second on.',
  },
  cancel: {
    title: 'Cancel the build',
    button: 'Cancel the build',
    wanted: 'cancel',
    words: 'What has been built of it is dropped. Readers notice nothing.',
  },
} as const;
type Way = keyof typeof WAYS;

/** Pausing, resuming, slowing down and cancelling whatever is being built. */
@PageController()
export class SteerBuildPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
  ) {}

  @Get('/operations/generations/:way')
  @AsPage()
  async confirm(@CurrentAsker() asker: Asker, @Param('way') way: string): Promise<string> {
    return this.form(asker, wayIn(way));
  }

  @Post('/operations/generations/:way')
  @AsPage()
  async act(
    @CurrentAsker() asker: Asker,
    @Param('way') given: string,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const way = wayIn(given);
    const problems: Problem[] = [];
    const throttle = way === 'slow-down' ? countIn(typed, 'throttle', problems, WRONG_LIMIT) : undefined;
    const reason = reasonIn(typed, problems);
    const steer = { wanted: WAYS[way].wanted, throttle };
    const act = async () => {
      await this.operate.press(asker, { verb: `rebuild/${way}`, reason, about: steer }, (pool) => steerBuild(pool, steer));
      return `/operations/generations?done=${way}`;
    };
    return pressOrShowAgain({ reply, typed, problems, act, form: (again) => this.form(asker, way, again) });
  }

  private async form(asker: Asker, way: Way, again?: Again): Promise<string> {
    const generations = await this.operate.look(asker, `generations/${way}`, allGenerations);
    const building = generations.find(({ state }) => state === 'building');
    const { title, button, words } = WAYS[way];
    const about = [building ? `Generation ${building.id} is being built. ${words}` : 'No generation is being built now.'];
    const confirmation = { section: 'generations', title, about, button, dangerous: way === 'cancel', back: GENERATIONS } as const;
    const limits = way === 'slow-down' ? { template: 'build.njk', fields: { limit: building?.throttle ?? '' } } : {};
    return renderConfirmation(this.pages, asker, { ...confirmation, ...limits, action: `/operations/generations/${way}` }, again);
  }
}

function wayIn(way: string): Way {
  if (!Object.hasOwn(WAYS, way)) throw new NotFoundException();
  return way as Way;
}

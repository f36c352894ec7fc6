import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { PublishAnswer } from '#lib/events';
import { Measures } from '../measures.js';
import { PublishEvents } from '../publish-events.command.js';
import { SourcesInUse } from '../sources/sources-in-use.js';
import { callerIn, type FromSender } from './door.js';
import { DocumentedDoor } from './open-api.js';
import { eventsInBody } from './read-body.js';
import { RequestProblem } from './request-problem.js';
import { sourceInAddress } from './source-in-address.js';

@Controller('v1/sources/:source/events')
export class EventsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly measures: Measures,
    private readonly sources: SourcesInUse,
  ) {}

  @Post()
  @HttpCode(200)
  @DocumentedDoor()
  async publish(
    @Param('source') name: string,
    @Body() body: unknown,
    @Query() query: Record<string, unknown>,
    @Req() request: FromSender,
  ): Promise<PublishAnswer> {
    const since = performance.now();
    const source = sourceInAddress(this.sources, name);
    const sent = eventsInBody(body instanceof Uint8Array ? body : new Uint8Array());
    const answer = await this.commands.execute(
      new PublishEvents(source, sent, { door: 'http', sender: callerIn(request).client, dryRun: isDryRun(query) }),
    );
    this.measures.answered(name, answer, since);
    return answer;
  }
}

/** Anything unknown is refused: a misspelt dry run must not publish. */
function isDryRun({ dryRun, ...others }: Record<string, unknown>): boolean {
  if (Object.keys(others).length === 0) {
    if (dryRun === undefined || dryRun === 'false') return false;
    if (dryRun === 'true' || dryRun === '') return true;
  }
  throw new RequestProblem(
    400,
    'dry-run',
    'The address asks for something unknown.',
    'Only ?dryRun=true is known; leave anything else out.',
  );
}

import { Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Answer, Ask } from '../ask.js';
import type { AuditedQuery } from '../audited-query.js';
import { answerSchema } from '../http/answer-schema.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { notFound } from '../http/problem.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { hasMoved, type MovedPerson } from './moved-person.js';
import { OpenedPanel, OpenPanel } from './open-panel.query.js';
import { PersonPage, ViewPerson } from './view-person.query.js';
import { Relationships, ViewRelationships } from './view-relationships.query.js';

answerSchema(PersonPage, 'PersonAnswer');
answerSchema(Relationships, 'RelationshipsAnswer');
answerSchema(OpenedPanel, 'PanelAnswer');

@ApiController('People')
export class PeopleApi {
  constructor(private readonly ask: Ask) {}

  @Get('people/:id')
  @Documented({
    id: 'viewPerson',
    summary: 'A person, with the state of every service',
    description:
      'Identity, closed panels, individuals linked in the case management system. An id no longer used answers 307 with the one to use.',
    answer: 'PersonAnswer',
  })
  person(@CurrentAsker() asker: Asker, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer(asker, new ViewPerson(id), reply, '');
  }

  @Get('people/:id/relationships')
  @Documented({
    id: 'viewRelationships',
    summary: 'Who is linked to a person in the case management system',
    description: 'Links stated from either side, each relative once per relationship.',
    answer: 'RelationshipsAnswer',
  })
  relationships(@CurrentAsker() asker: Asker, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer(asker, new ViewRelationships(id), reply, '/relationships');
  }

  @Get('people/:id/services/:service')
  @Documented({
    id: 'openPanel',
    summary: 'One service’s panel, opened',
    description: 'Involvements with whom to ring and the agreed facts, within the display rules of that service. Recorded by itself.',
    answer: 'PanelAnswer',
  })
  panel(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Param('service') service: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(asker, new OpenPanel(id, service), reply, `/services/${service}`);
  }

  private async answer<Result extends object>(
    asker: Asker,
    query: AuditedQuery<Result | MovedPerson | null>,
    reply: FastifyReply,
    rest: string,
  ): Promise<Answer<Result> | undefined> {
    const { result, ...answer } = await this.ask.ask(asker, query);
    if (result === null) throw notFound();
    if (!hasMoved(result)) return { result, ...answer };
    reply.status(307).header('location', `/v1/people/${result.movedTo}${rest}`);
    return undefined;
  }
}

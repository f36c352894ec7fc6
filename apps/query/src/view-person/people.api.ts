import { Get, Param, Query, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Answer, Ask } from '../ask.js';
import type { AuditedQuery } from '../audited-query.js';
import { DoubtableRecords, DoubtRecord } from '../doubt-record/doubt-record.query.js';
import { answerSchema } from '../http/answer-schema.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { notFound } from '../http/problem.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { Contacts, ViewContacts } from '../view-contacts/view-contacts.query.js';
import { Family, ViewFamily } from '../view-family/view-family.query.js';
import { ChoosePart } from './choose-part.query.js';
import { hasMoved, type MovedPerson } from './moved-person.js';
import { OpenedPanel, OpenPanel } from './open-panel.query.js';
import { Addresses, ViewAddresses } from './view-addresses.query.js';
import { SplitPerson } from './split-person.js';
import { textIn, ThroughChild } from './through-child.js';
import { PersonPage, ViewPerson } from './view-person.query.js';
import { Relationships, ViewRelationships } from './view-relationships.query.js';

answerSchema(PersonPage, 'PersonAnswer');
answerSchema(Relationships, 'RelationshipsAnswer');
answerSchema(OpenedPanel, 'PanelAnswer');
answerSchema(Family, 'FamilyAnswer');
answerSchema(Contacts, 'ContactsAnswer');
answerSchema(Addresses, 'AddressesAnswer');
answerSchema(DoubtableRecords, 'DoubtableRecordsAnswer');
answerSchema(SplitPerson, 'SplitPersonAnswer');

@ApiController('People')
@ApiResponse({
  status: 300,
  description: 'The id is no longer used, and its records are several people’s now: these, to choose from.',
  schema: { $ref: '#/components/schemas/SplitPersonAnswer' },
})
export class PeopleApi {
  constructor(private readonly ask: Ask) {}

  @Get('people/:id')
  @Documented({
    id: 'viewPerson',
    summary: 'A person, with the state of every service',
    description:
      'Identity, closed panels, individuals linked in the case management system. An id no longer used answers 307 with the one to use, or 300 with those to choose from.',
    answer: 'PersonAnswer',
  })
  @ThroughChild()
  person(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Query('child') child: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(asker, new ViewPerson(id, { child: textIn(child) }), reply, '');
  }

  @Get('people/:id/relationships')
  @Documented({
    id: 'viewRelationships',
    summary: 'Who is linked to a person in the case management system',
    description: 'Links stated from either side, each relative once per relationship.',
    answer: 'RelationshipsAnswer',
  })
  @ThroughChild()
  relationships(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Query('child') child: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(asker, new ViewRelationships(id, { child: textIn(child) }), reply, '/relationships');
  }

  @Get('people/:id/family')
  @Documented({
    id: 'viewFamily',
    summary: 'A person and who is linked to them, with the state of every service',
    description: 'States only. Who of them is recorded at the person’s address, by which source: not that they live together.',
    answer: 'FamilyAnswer',
  })
  @ThroughChild()
  family(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Query('child') child: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(asker, new ViewFamily(id, { child: textIn(child) }), reply, '/family');
  }

  @Get('people/:id/contacts')
  @Documented({
    id: 'viewContacts',
    summary: 'Whom to ring around a person',
    description: 'One row per practitioner of whatever service is or was involved with the person or with who is linked to them.',
    answer: 'ContactsAnswer',
  })
  @ThroughChild()
  contacts(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Query('child') child: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(asker, new ViewContacts(id, { child: textIn(child) }), reply, '/contacts');
  }

  @Get('people/:id/addresses')
  @Documented({
    id: 'viewAddresses',
    summary: 'Every address of a person that may be shown',
    description: 'With source and dates. An address marked confidential at its source appears nowhere.',
    answer: 'AddressesAnswer',
  })
  @ThroughChild()
  addresses(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Query('child') child: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(asker, new ViewAddresses(id, { child: textIn(child) }), reply, '/addresses');
  }

  @Get('people/:id/services/:service')
  @Documented({
    id: 'openPanel',
    summary: 'One service’s panel, opened',
    description:
      'Involvements with whom to ring and the agreed facts, within the display rules of that service. Of one that never says what is current ' +
      '(the police) `state` and `closedOn` are null. Why one ended is told of none. Recorded by itself.',
    answer: 'PanelAnswer',
  })
  @ThroughChild()
  panel(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Param('service') service: string,
    @Query('child') child: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(asker, new OpenPanel(id, service, { child: textIn(child) }), reply, `/services/${service}`);
  }

  @Get('people/:id/doubts')
  @Documented({
    id: 'viewDoubtableRecords',
    summary: 'Which records a person is put together from, as far as they may be doubted',
    description: 'And which of the reader’s own doubts are open. An id no longer used answers 307 with the one to use.',
    answer: 'DoubtableRecordsAnswer',
  })
  @ThroughChild()
  doubts(
    @CurrentAsker() asker: Asker,
    @Param('id') id: string,
    @Query('child') child: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(asker, new DoubtRecord(id, { child: textIn(child) }), reply, '/doubts');
  }

  private async answer<Result extends object>(
    asker: Asker,
    query: AuditedQuery<Result | MovedPerson | null>,
    reply: FastifyReply,
    rest: string,
  ): Promise<Answer<Result> | Answer<SplitPerson> | undefined> {
    const { result, ...answer } = await this.ask.ask(asker, query);
    if (result === null) throw notFound();
    if (!hasMoved(result)) return { result, ...answer };
    const choices = result.split && query.person ? await this.ask.ask(asker, new ChoosePart(query.person)) : null;
    if (choices?.result) {
      reply.status(300);
      return { ...choices, result: choices.result };
    }
    const { movedTo, child } = result;
    reply.status(307).header('location', `/v1/people/${movedTo}${rest}${child === null ? '' : `?child=${child}`}`);
    return undefined;
  }
}

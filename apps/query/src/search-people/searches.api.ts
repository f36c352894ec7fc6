import { Body, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Answer, Ask } from '../ask.js';
import type { Authority } from '../authority.js';
import { answerSchema } from '../http/answer-schema.js';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { notFound, ProblemFound } from '../http/problem.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { KeptSearches } from './kept-searches.js';
import { SearchPeople, SearchResults } from './search-people.query.js';
import { checked, isOffered, SearchTerms } from './search-terms.js';

z.object({ id: z.uuid() }).meta({ id: 'KeptSearch' });
answerSchema(SearchResults, 'SearchAnswer');

@ApiController('Searches')
export class SearchesApi {
  constructor(
    private readonly ask: Ask,
    private readonly searches: KeptSearches,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Post('searches')
  @Documented({
    id: 'keepSearch',
    summary: 'Keep what to search by',
    description:
      'By case ID, or by names with what narrows them; for one journey where the authority has both (`child-first` finds children only). A date or year of birth leaves out whoever the index has none of. The terms are kept sealed for an hour, for this reader alone, under an opaque id.',
    status: 201,
    answer: 'KeptSearch',
    body: 'SearchTerms',
  })
  async keep(
    @CurrentAsker() asker: Asker,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ id: string }> {
    const terms = termsIn(body);
    if (!isOffered(terms, this.authority)) throw new ProblemFound(NOT_OFFERED);
    const id = await this.searches.keep(asker, terms);
    reply.header('location', `/v1/searches/${id}`);
    return { id };
  }

  @Get('searches/:id')
  @Documented({
    id: 'searchPeople',
    summary: 'Who answers to a kept search',
    description:
      'At most 20 people, youngest first, with how many there are in all and why each matched. Restricted people are never among them, and people you have said that you know are found by name alone.',
    answer: 'SearchAnswer',
  })
  async search(@CurrentAsker() asker: Asker, @Param('id') id: string): Promise<Answer<SearchResults>> {
    const terms = await this.searches.find(asker, id);
    if (terms === null) throw notFound();
    return this.ask.ask(asker, new SearchPeople(terms));
  }
}

const NOT_OFFERED = {
  code: 'search-not-offered',
  status: 400,
  title: 'This authority offers no such search: not by these terms, or not for this journey.',
};

function termsIn(body: unknown): SearchTerms {
  const read = SearchTerms.safeParse(body);
  const wrong = read.success ? checked(read.data) : { problems: [] };
  if ('terms' in wrong) return wrong.terms;
  const problems = wrong.problems.map(({ field, message }) => ({ pointer: `/${field}`, expected: message }));
  const shape = {
    pointer: '',
    expected: '{ caseId } or { familyName, givenName, dateOfBirth (YYYY-MM-DD) or year (YYYY), postcode }, all text; journey in either',
  };
  throw new ProblemFound({
    code: 'terms-wrong',
    status: 400,
    title: 'Nothing can be searched by that.',
    problems: problems.length > 0 ? problems : [shape],
  });
}

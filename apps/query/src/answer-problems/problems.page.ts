import { Body, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isUuid } from '#lib/runtime';
import { Ask } from '../ask.js';
import { databaseName, servicesAnsweredBy, sourcesAnsweredBy } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import { KeptProblems } from '../report-problem/kept-problems.js';
import { ANALYSTS_OUTCOMES, OUTCOMES } from '../report-problem/problem-categories.js';
import { ProblemMeasures } from '../report-problem/problem-measures.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { answerIn } from './answer-form.js';
import { AnswerProblem } from './answer-problem.query.js';
import { MOST_LISTED } from './read-asked.js';
import { ViewProblems } from './view-problems.query.js';
import { choicesFor, chosenIn, chosenPart } from './which-database.js';

const PAPER = '/printed/problems';

/** What readers have reported to be wrong, for the teams of the sources and for data analysts. */
@PageController()
export class ProblemsPage {
  constructor(
    private readonly asking: Ask,
    private readonly kept: KeptProblems,
    private readonly measures: ProblemMeasures,
    private readonly pages: Pages,
  ) {}

  @Get('/problems')
  @AsPage()
  async list(@CurrentAsker() asker: Asker, @Query() query: Record<string, unknown>): Promise<string> {
    const { authority } = this.pages;
    const chosen = chosenIn(query, asker.reader, authority);
    const { result } = await this.asking.ask(asker, new ViewProblems(asker.reader, { chosen }));
    return this.pages.render(
      'answer-problems/problems.njk',
      { title: 'Problems reported', reader: asker.reader, place: 'problems', paper: PAPER },
      {
        problems: result.map(({ asked }) => asked),
        atMost: result.length < MOST_LISTED ? null : MOST_LISTED,
        choices: choicesFor(asker.reader, authority),
        chosen,
        chosenPart: chosenPart(chosen),
        isAnalyst: servicesAnsweredBy(asker.reader, authority).length > 0,
        sources: sourcesAnsweredBy(asker.reader, authority).map((id) => databaseName(authority, id)),
      },
    );
  }

  @Get('/problems/:problem')
  @AsPage()
  show(@CurrentAsker() asker: Asker, @Param('problem') id: string, @Query() query: Record<string, unknown>): Promise<string> {
    return this.form(asker, id, this.partOf(query, asker), undefined, []);
  }

  /** On record first, then kept. */
  @Post('/problems/:problem')
  @AsPage()
  async answer(
    @CurrentAsker() asker: Asker,
    @Param('problem') id: string,
    @Query() query: Record<string, unknown>,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const problems: Problem[] = [];
    const { outcome, words } = answerIn(typed, problems);
    if (problems.length > 0) {
      const page = await this.form(asker, id, this.partOf(query, asker), typed, problems);
      reply.status(400);
      return page;
    }
    const { result } = await this.asking.ask(asker, new AnswerProblem(asker.reader, askIn(id), outcome));
    if (result === null) throw new NotFoundException();
    await this.kept.answer(asker, result.asked.id, outcome, words);
    this.measures.answered(outcome);
    reply.redirect(`/problems/${id}${this.partOf(query, asker)}`, 303);
    return undefined;
  }

  private partOf(query: Record<string, unknown>, { reader }: Asker): string {
    return chosenPart(chosenIn(query, reader, this.pages.authority));
  }

  /** @param part what of the list was chosen, as it stands behind an address */
  private async form(asker: Asker, id: string, part: string, typed: Typed, problems: readonly Problem[]): Promise<string> {
    const { result } = await this.asking.ask(asker, new ViewProblems(asker.reader, { id: askIn(id) }));
    const [found] = result;
    if (found === undefined) throw new NotFoundException();
    const back = { text: part === '' ? 'All problems' : 'Problems reported', href: `/problems${part}` };
    const facts = {
      title: 'A problem reported',
      reader: asker.reader,
      place: 'problems',
      back,
      paper: PAPER,
      problem: problems.length > 0,
    } as const;
    return this.pages.render('answer-problems/problem.njk', facts, {
      asked: found.asked,
      chosenPart: part,
      outcomes: Object.entries(found.asked.source === null ? ANALYSTS_OUTCOMES : OUTCOMES).map(([value, text]) => ({ value, text })),
      typed: { outcome: textIn(typed, 'outcome'), words: textIn(typed, 'words') },
      ...shownProblems(problems),
    });
  }
}

/** Whatever can't be an id is nobody's: it is asked for as one that nobody has, and so on record like it. */
const askIn = (text: string): string => (isUuid(text) ? text : '00000000-0000-0000-0000-000000000000');

import { Body, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ask } from '../ask.js';
import { knownSources } from '../authority.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import type { NamedRecord } from '../view-person/records-with-id.js';
import { OpenPair } from './open-pair.query.js';
import { OPENING_REASONS, type OpeningReason, OpenedPairs } from './opened-pair.js';
import { addressOf } from './pair.js';

const NOT_THERE: Problem = {
  field: 'firstId',
  message: 'There are no two records with these IDs that you may look at. Check the databases and the IDs',
};

const ONE_AND_THE_SAME: Problem = {
  field: 'secondId',
  message: 'The two are one and the same record. Enter the ID of another for the second',
};

/** "Look at any two records": by the IDs that their sources know them by, which stand in no address. */
@PageController()
export class OpenPairPage {
  constructor(
    private readonly asking: Ask,
    private readonly gate: Gate,
    private readonly opened: OpenedPairs,
    private readonly pages: Pages,
  ) {}

  @Get('/matches/opened')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    await this.gate.pass(asker, 'matching', { action: 'opened-match' });
    return this.form(asker, undefined, []);
  }

  /** On record first, then kept: so that the two open for this steward for a while. */
  @Post('/matches/opened')
  @AsPage()
  async open(
    @CurrentAsker() asker: Asker,
    @Body() typed: Typed,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    await this.gate.pass(asker, 'matching', { action: 'opened-match' });
    const problems: Problem[] = [];
    const named: [NamedRecord, NamedRecord] = [this.recordIn(typed, 'first', problems), this.recordIn(typed, 'second', problems)];
    // By what is typed alone, whoever has that ID or nobody.
    if (problems.length === 0 && isSame(...named)) problems.push(ONE_AND_THE_SAME);
    const because = textIn(typed, 'because');
    if (!Object.hasOwn(OPENING_REASONS, because)) problems.push({ field: 'because', message: 'Select why you look' });
    if (problems.length > 0) {
      reply.status(400);
      return this.form(asker, typed, problems);
    }
    const { result } = await this.asking.ask(asker, new OpenPair(named, because as OpeningReason));
    if (result === null) {
      reply.status(404);
      return this.form(asker, typed, [NOT_THERE]);
    }
    await this.opened.keep(asker, result.pair, because as OpeningReason);
    reply.redirect(addressOf(result.pair), 303);
    return undefined;
  }

  private recordIn(typed: Typed, which: 'first' | 'second', problems: Problem[]): NamedRecord {
    const [source, recordId] = [textIn(typed, `${which}Source`), textIn(typed, `${which}Id`)];
    if (!knownSources(this.pages.authority).some(({ id }) => id === source))
      problems.push({ field: `${which}Source`, message: `Select the database of the ${which} record` });
    if (recordId === '') problems.push({ field: `${which}Id`, message: `Enter the ID of the ${which} record` });
    return { source, recordId };
  }

  private form({ reader }: Asker, typed: Typed, problems: readonly Problem[]): string {
    const back = { text: 'All records to review', href: '/matches' };
    const facts = { title: 'Look at any two records', reader, place: 'matches', back, problem: problems.length > 0 } as const;
    const field = (name: string) => textIn(typed, name);
    return this.pages.render('review-matches/open-pair.njk', facts, {
      records: [
        { which: 'first', title: 'The first record', source: field('firstSource'), recordId: field('firstId') },
        { which: 'second', title: 'The second record', source: field('secondSource'), recordId: field('secondId') },
      ],
      databases: [
        { value: '', text: 'Choose a database' },
        ...knownSources(this.pages.authority).map(({ id, name }) => ({ value: id, text: name })),
      ],
      reasons: Object.entries(OPENING_REASONS).map(([value, text]) => ({ value, text })),
      because: field('because'),
      ...shownProblems(problems),
    });
  }
}

const isSame = (one: NamedRecord, other: NamedRecord): boolean => one.source === other.source && one.recordId === other.recordId;

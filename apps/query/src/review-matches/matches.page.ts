import { Get, Query } from '@nestjs/common';
import { Ask } from '../ask.js';
import { databaseName, knownSources } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { ANSWERS } from './answers.js';
import { HandOver } from './hand-over.js';
import { HARMS } from './harm.js';
import { addressOf } from './pair.js';
import { type AnsweredPair, type Queue, ViewQueue } from './view-queue.query.js';

const STATES: Record<AnsweredPair['state'], string> = {
  waits: 'Waits for another steward',
  decided: 'Decided; the matcher has not taken it up yet',
  'taken-up': 'Decided; the matcher has taken it up',
  'taken-back': 'Decided, and taken back',
};

/** Which records wait for a data steward, and what became of those the reader has answered. */
@PageController()
export class MatchesPage {
  constructor(
    private readonly asking: Ask,
    private readonly handOver: HandOver,
    private readonly pages: Pages,
  ) {}

  @Get('/matches')
  @AsPage()
  async list(@CurrentAsker() asker: Asker, @Query() query: Record<string, unknown>): Promise<string> {
    const { authority } = this.pages;
    const source = knownSources(authority).find(({ id }) => id === query.source)?.id ?? null;
    const { result } = await this.asking.ask(asker, new ViewQueue(asker.reader.id, source, pageIn(query.page)));
    await this.handOver.all();
    return this.pages.render(
      'review-matches/matches.njk',
      { title: 'Records to review', reader: asker.reader, place: 'matches' },
      { queue: shownQueue(result, source), sources: knownSources(authority), chosen: source && databaseName(authority, source) },
    );
  }
}

function shownQueue({ pairs, counts, answered, ...queue }: Queue, source: string | null) {
  const at = (page: number) => `/matches?${new URLSearchParams({ ...(source && { source }), page: String(page) }).toString()}`;
  return {
    ...queue,
    pairs: pairs.map(({ pair, harm, since, labels }) => ({ href: addressOf(pair), harm: HARMS[harm], since, labels })),
    counts: counts.map(({ harm, pairs: count }) => ({ harm: HARMS[harm], count })),
    answered: answered.map(({ pair, answer, givenAt, state }) => ({
      href: addressOf(pair),
      answer: ANSWERS[answer],
      givenAt,
      state: STATES[state],
    })),
    before: queue.page > 1 ? at(queue.page - 1) : null,
    after: queue.page < queue.pages ? at(queue.page + 1) : null,
  };
}

/** Whatever is no page is the first. */
const pageIn = (typed: unknown): number => (typeof typed === 'string' && /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) : 1);

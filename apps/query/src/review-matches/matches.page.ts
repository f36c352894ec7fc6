import { Get, Query } from '@nestjs/common';
import { Ask } from '../ask.js';
import { databaseName, knownSources } from '../authority.js';
import { Gate } from '../gate.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { ANSWERS } from './answers.js';
import { carefulServices } from './careful-words.js';
import type { QueueFilter } from './given-in-order.js';
import { HandOver } from './hand-over.js';
import { CAREFUL_BY_ANOTHER, type Harm, HARMS } from './harm.js';
import { KeptRulings } from './kept-rulings.js';
import { MatcherDoor } from './matcher-door.js';
import { LAST_LOOKS } from './own-answers.js';
import { addressOf } from './pair.js';
import { filterIn, filterPart } from './queue-address.js';
import { type AnsweredPair, ON_A_PAGE, type Queue, ViewQueue } from './view-queue.query.js';
import { WaitingList } from './waiting-list.js';

const STATES: Record<AnsweredPair['state'], string> = {
  waits: 'Waits for another steward',
  decided: 'Decided; the matcher has not taken it up yet',
  'taken-up': 'Decided; the matcher has taken it up',
  'asked-back': 'Decided; that it is taken back waits for another steward',
  'taken-back': 'Decided, and taken back',
};

/** Which records wait for a data steward, and what became of those the reader has answered. */
@PageController()
export class MatchesPage {
  constructor(
    private readonly asking: Ask,
    private readonly gate: Gate,
    private readonly waiting: WaitingList,
    private readonly kept: KeptRulings,
    private readonly matcher: MatcherDoor,
    private readonly handOver: HandOver,
    private readonly pages: Pages,
  ) {}

  @Get('/matches')
  @AsPage()
  async list(@CurrentAsker() asker: Asker, @Query() query: Record<string, unknown>): Promise<string> {
    const sources = knownSources(this.pages.authority);
    const filter = filterIn(query, this.pages.authority);
    const { source } = filter;
    await this.gate.pass(asker, 'matching', { action: 'listed-matches' });
    const list = await this.waiting.now();
    const takenUp = await this.matcher.takenUp(await this.kept.toFollow());
    const { result } = await this.asking.ask(asker, new ViewQueue(asker.reader.id, list, takenUp, filter, pageIn(query.page)));
    await this.handOver.all();
    return this.pages.render(
      'review-matches/matches.njk',
      { title: 'Records to review', reader: asker.reader, place: 'matches' },
      {
        queue: shownQueue(result, filter),
        kinds: kindsOf(result, filter),
        careful: carefulServices(this.pages.authority),
        sources: sources.map(({ id, name }) => ({ name, href: addressFor({ ...filter, source: id }), chosen: id === source })),
        chosenKind: filter.harm,
        allKinds: addressFor({ ...filter, harm: null }),
        chosenSource: source,
        allSources: addressFor({ ...filter, source: null }),
        filtered: filterWords(filter, source && databaseName(this.pages.authority, source)),
      },
    );
  }
}

function shownQueue({ pairs, answered, takeBacks, ...queue }: Queue, filter: QueueFilter) {
  return {
    ...queue,
    pairs: pairs.map(({ pair, harm, since, labels, carefulByAnother }) => ({
      href: addressOf(pair) + filterPart(filter),
      harm: harm === 'careful' && carefulByAnother ? CAREFUL_BY_ANOTHER : HARMS[harm],
      since,
      labels,
    })),
    /** Sources and minutes are alike in many lines: a number tells them apart, and nothing of anybody. */
    firstNumber: (queue.page - 1) * ON_A_PAGE + 1,
    answered: answered.map(({ pair, answer, givenAt, state }) => ({
      href: addressOf(pair),
      answer: ANSWERS[answer],
      givenAt,
      state: STATES[state],
    })),
    takeBacks: takeBacks.map(({ pair, labels, askedAt }) => ({ href: addressOf(pair), labels, askedAt })),
    lastLooks: LAST_LOOKS,
    before: queue.page > 1 ? addressFor(filter, queue.page - 1) : null,
    after: queue.hasNext ? addressFor(filter, queue.page + 1) : null,
  };
}

/** Each kind with how many of it wait for all stewards, and whether it is the one that is shown. The numbers are of all databases, and stand beside no link to one. */
const kindsOf = ({ counts }: Queue, { source, harm }: QueueFilter) =>
  (Object.keys(HARMS) as Harm[]).map((kind) => ({
    words: HARMS[kind],
    ...(counts.find((one) => one.harm === kind) ?? { pairs: 0, about: false }),
    href: addressFor({ source, harm: kind }),
    chosen: kind === harm,
  }));

const addressFor = (filter: QueueFilter, page = 1): string => `/matches${filterPart(filter, page)}`;

const filterWords = ({ harm }: QueueFilter, database: string | null): string =>
  `${database === null ? '' : ` with a record of ${database}`}${harm === null ? '' : ` of this kind: ${HARMS[harm].toLowerCase()}`}`;

/** Whatever is no page is the first. */
const pageIn = (typed: unknown): number => (typeof typed === 'string' && /^[1-9]\d{0,2}$/.test(typed) ? Number(typed) : 1);

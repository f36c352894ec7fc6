import { Injectable } from '@nestjs/common';
import { compareRecords } from '../compare-records/compare-records.js';
import { MatchModelNow } from '../compare-records/match-model-now.js';
import { evidenceOf } from '../compare-records/evidence.js';
import { type KeptWords, LOST } from '../kept-words.js';
import { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker } from '../sign-in/reader.js';
import { ANSWERS, type Answer, REASONS } from './answers.js';
import { carefulWords } from './careful-words.js';
import { claimReasonWords } from '../claim-same/claim-form.js';
import { KeptClaims } from '../claim-same/kept-claims.js';
import { KeptDoubts } from '../doubt-record/kept-doubts.js';
import { doubtReasonWords } from '../doubt-record/doubt-reasons.js';
import { comparedRows, LIKENESSES } from './compared-rows.js';
import type { Opinion } from './kept-opinions.js';
import { addressOf } from './pair.js';
import { SENSITIVE } from './record-label.js';
import { isByDetails, openedWords, standingWords } from './standing-words.js';
import { canTakeBack, type Reviewed } from './read-reviewed.js';
import type { ReviewedPair } from './review-pair.query.js';

const FACTS = {
  title: 'Two records',
  place: 'matches',
  paper: '/printed/two-records',
} as const;

const factsOf = (chosen: string) => ({ ...FACTS, back: { text: 'All records to review', href: `/matches${chosen}` } });

/** Who speaks stands before `words`. */
interface SaidByReader {
  shownAs: 'one person' | 'two people';
  words: string;
}

/** The pages about two records. */
@Injectable()
export class RenderPair {
  constructor(
    private readonly pages: Pages,
    private readonly model: MatchModelNow,
    private readonly doubts: KeptDoubts,
    private readonly claims: KeptClaims,
  ) {}

  /** @param chosen what the steward has chosen to look at, as it stands behind an address */
  async pair(
    { reader }: Asker,
    reviewed: ReviewedPair,
    chosen: string,
    { typed, problems = [] }: { typed?: Typed; problems?: readonly Problem[] } = {},
  ): Promise<string> {
    const { pair, sides, mine } = reviewed;
    const model = await this.model.read();
    const compared = compareRecords(...sides, { model, authority: this.pages.authority });
    const rows = comparedRows(sides, compared, Date.now());
    return this.pages.render(
      'review-matches/pair.njk',
      { ...factsOf(chosen), reader, problem: problems.length > 0 },
      {
        address: addressOf(pair),
        chosen,
        labels: sides.map(({ label }) => label),
        rows: rows.map(({ likeness, ...row }) => ({ ...row, likeness: LIKENESSES[likeness] })),
        evidence: evidenceOf(compared, {
          stated: reviewed.stated,
          settled: reviewed.opened ? !isByDetails(reviewed, compared) : !reviewed.asksForAnswer,
          ofSensitive: sides.some(({ label }) => label === SENSITIVE),
        }),
        standing: standingWords(reviewed),
        mine: mine && {
          answer: ANSWERS[mine.answer],
          reason: reasonWords(mine.reason),
          words: ownWords(mine.words),
          givenAt: mine.givenAt,
        },
        canAnswer: reviewed.asksForAnswer,
        canTakeBack: !reviewed.asksForAnswer && canTakeBack(reviewed),
        opened: reviewed.opened ? openedWords(reviewed, compared) : [],
        careful: reviewed.asksForAnswer ? carefulWords(sides, this.pages.authority) : null,
        saidByReaders: this.saidByReaders(reviewed),
        differ: reviewed.differ && reviewed.asksForAnswer,
        answers: Object.entries(ANSWERS).map(([value, text]) => ({ value, text })),
        reasons: reasonItems(),
        typed: { answer: textIn(typed, 'answer'), reason: textIn(typed, 'reason'), words: textIn(typed, 'words') },
        ...shownProblems(problems),
      },
    );
  }

  /** What readers say of the two, and never who they are. What the two are shown as is said once: first, where nothing above has said it. */
  private saidByReaders(reviewed: Reviewed): string[] {
    return [...this.doubtsOf(reviewed), ...this.claimsOf(reviewed)].map(({ shownAs, words }, at) =>
      at === 0 && !reviewed.opened ? `They are shown as ${shownAs}, and a ${words}` : `A ${words}`,
    );
  }

  private doubtsOf({ doubted, sides }: Reviewed): SaidByReader[] {
    if (doubted === null) return [];
    const which = sides.findIndex(({ record }) => record.subject === doubted.record) === 0 ? 'first' : 'second';
    return doubted.doubts.map(({ id, because, sealed }) => ({
      shownAs: 'one person',
      words: `reader has said that the ${which} record is of somebody else. ${reasonSaid(doubtReasonWords(because))}${saidBesides(this.doubts.wordsOf(id, sealed))}`,
    }));
  }

  private claimsOf({ claimed }: Reviewed): SaidByReader[] {
    return (claimed?.claims ?? []).map(({ id, because, sealed }) => ({
      shownAs: 'two people',
      words: `reader has said that they are one. ${reasonSaid(claimReasonWords(because))}${saidBesides(this.claims.wordsOf(id, sealed))}`,
    }));
  }

  /** What is about to be decided, once more, with the way back. */
  confirmation({ reader }: Asker, { pair, sides }: Reviewed, opinion: Opinion, chosen: string): string {
    return this.pages.render(
      'review-matches/confirm.njk',
      { ...factsOf(chosen), reader },
      {
        action: addressOf(pair) + chosen,
        labels: sides.map(({ label }) => label),
        said: { answer: ANSWERS[opinion.answer], reason: reasonWords(opinion.reason), words: opinion.words },
        typed: opinion,
        follows: FOLLOWS[opinion.answer],
      },
    );
  }

  /** A decision that is about to be taken back, and the way back from that. */
  takingBack({ reader }: Asker, { pair, sides }: Reviewed, chosen: string): string {
    const labels = sides.map(({ label }) => label);
    return this.pages.render('review-matches/take-back.njk', { ...factsOf(chosen), reader }, { address: addressOf(pair), chosen, labels });
  }
}

const FOLLOWS: Record<Answer, string> = {
  same: 'If this decides it, everything that is recorded of either person is shown to readers as one person’s.',
  different:
    'If this decides it, nothing of the one record is shown with the other, and they are not joined again, whatever their details have in common.',
  'cannot-tell': 'Nothing changes. The records wait for another steward; you are not asked again.',
};

const ownWords = (words: KeptWords): string =>
  words === LOST ? 'You wrote something that can’t be opened any more: its key is lost.' : (words ?? 'Nothing more');

const reasonSaid = (reason: string): string => `Their reason: “${reason}.”`;

const saidBesides = (words: KeptWords): string =>
  words === LOST ? ' They wrote more, which can’t be opened any more: its key is lost.' : words === null ? '' : ` They wrote: “${words}”`;

const reasonWords = (reason: string): string => (Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS].words : reason);

/** Each reason says in its hint which answers it goes with. */
const reasonItems = () =>
  Object.entries(REASONS).map(([value, { words, fits }]) => ({
    value,
    text: words,
    hint: { text: `Goes with: ${(fits as readonly Answer[]).map((answer) => SHORT[answer]).join(' or ')}` },
  }));

const SHORT: Record<Answer, string> = { same: 'one person', different: 'two people', 'cannot-tell': 'can’t tell' };

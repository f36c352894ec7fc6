import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sealTerms } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { NoAnswer, ReadModelUnavailable } from '../errors.js';
import { type KeptWords, openWords } from '../kept-words.js';
import { OPINIONS, STEWARDS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { type Answer, type Reason, RULINGS, TAKEN_BACK } from './answers.js';
import { reopenDoubts, settleDoubts } from './settle-doubts.js';
import { type ClaimedPair, reopenClaims, settleClaims } from './claimed-pair.js';
import type { DoubtedPair } from './doubted-pair.js';
import type { Pair } from './pair.js';
import { verdictOf } from './verdict.js';

export interface Opinion {
  answer: Answer;
  reason: Reason;
  /** In the steward's own words; may be empty. */
  words: string;
}

/** How a pair stands for a steward, while nobody else decides about it. */
export interface Standing {
  /** The steward has answered it before. */
  answered: boolean;
  /** How many rulings there have been. */
  rulings: number;
  /** The last of them stands, and this steward's opinion has made it one. */
  lastIsOwn: boolean;
  /** Who has asked to take that one back, which takes two. */
  takeBack: AskedToTakeBack;
}

/** Whether a ruling that stands is asked to be taken back, by this steward and by another. */
export interface AskedToTakeBack {
  byOwn: boolean;
  byOther: boolean;
}

/** What an opinion comes to. */
export interface Counting {
  /** How many stewards have to agree. */
  needed: number;
  /** Which doubts about the pair the steward saw. */
  doubted: DoubtedPair | null;
  /** And which claims. */
  claimed: ClaimedPair | null;
}

/** Puts on record what is about to be kept. @returns null: it is refused */
export type OnRecord<T> = (standing: Standing) => Promise<T | null>;

/** What became of an opinion; null: it was refused. */
export type Given = { outcome: 'waits' | 'differ' | 'decided'; agreed: boolean | null } | null;

export type Run = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

/** Another steward's answer about the same pair is on record and kept well within this. */
const LOCK_MS = 5_000;

/** Opinions of stewards and the rulings that follow from them, outside every generation and by records. Throws ReadModelUnavailable. */
@Injectable()
export class KeptOpinions {
  constructor(
    @Inject(OPINIONS) private readonly pool: ReadModelPool,
    @Inject(STEWARDS_KEY) private readonly key: Buffer,
  ) {}

  /** Keeps an opinion once it is on record, and the ruling where it makes one, both or neither. */
  give({ reader }: Asker, pair: Pair, { answer, reason, words }: Opinion, onRecord: OnRecord<Counting>): Promise<Given> {
    return this.alone(pair, reader.id, async (run, { answers: others, ...standing }) => {
      const counting = await onRecord(standing);
      if (counting === null) return null;
      const id = randomUUID();
      const sealed = words === '' ? null : sealTerms(this.key, { words }, placeOf(id));
      const agreed = agreedWith(others, answer);
      await run(GIVE, [id, pair.one, pair.other, reader.id, answer, reason, sealed, agreed]);
      const verdict = verdictOf([...others, answer], counting.needed);
      if (verdict.outcome === 'decided') {
        const ruling = randomUUID();
        await run(RULE, [ruling, pair.one, pair.other, RULINGS[verdict.answer], reason, reader.id]);
        if (counting.claimed !== null) await settleClaims(run, counting.claimed, { ruling, as: verdict.answer, steward: reader.id });
        if (counting.doubted !== null)
          await settleDoubts(run, counting.doubted, { ruling, as: verdict.answer, reason, steward: reader.id });
      }
      return { outcome: verdict.outcome, agreed };
    });
  }

  /**
   * Takes back the ruling that stands, once that is on record; where two have to, the first only asks for it.
   * @param onRecord with how many stewards have to want it @returns null: it was refused
   */
  takeBack({ reader }: Asker, pair: Pair, onRecord: OnRecord<number>): Promise<'waits' | 'taken-back' | null> {
    return this.alone(pair, reader.id, async (run, { last, ...standing }) => {
      const needed = await onRecord(standing);
      if (needed === null) return null;
      await run(ASK_TO_TAKE_BACK, [last!, reader.id]);
      if (needed > 1 && !standing.takeBack.byOther) return 'waits';
      await reopenDoubts(run, last!, { reason: TAKEN_BACK, steward: reader.id });
      await reopenClaims(run, last!);
      await run(RULE, [randomUUID(), pair.one, pair.other, 'none', TAKEN_BACK, reader.id]);
      return 'taken-back';
    });
  }

  /** A steward's own words. @param sealed base64 */
  wordsOf(id: string, sealed: string | null): KeptWords {
    return openWords(this.key, sealed, placeOf(id));
  }

  /** One after the other for each pair: two stewards who decide at once are counted one after the other, and what is on record of how it stood is so until it is kept. */
  private async alone<T>(pair: Pair, steward: string, work: (run: Run, before: Before) => Promise<T>): Promise<T> {
    let broken: Error | undefined;
    try {
      const client = await this.pool.connect();
      try {
        const run: Run = async (text, values) => (await client.query<Record<string, unknown>>(text, values)).rows;
        await run(`BEGIN; SET LOCAL lock_timeout = '${LOCK_MS}ms'`, []);
        await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`opinions ${pair.one} ${pair.other}`]);
        const [before] = await run(BEFORE, [pair.one, pair.other, steward]);
        const done = await work(run, before as unknown as Before);
        await run('COMMIT', []);
        return done;
      } catch (error) {
        broken = error instanceof Error ? error : new Error('something that is no Error was thrown');
        throw error;
      } finally {
        client.release(broken);
      }
    } catch (error) {
      throw error instanceof NoAnswer ? error : new ReadModelUnavailable(error);
    }
  }
}

/** How a pair stands, with what of it is nobody's to see: the answers that count, and the last ruling's id. */
interface Before extends Standing {
  answers: Answer[];
  last: string | null;
}

/** SQL: whether a ruling is one that this steward's opinion has made, alone or with another's. */
export const ownRuling = (ruling: string, steward: string): string => `EXISTS (
      SELECT FROM decided.opinion own WHERE own.one = ${ruling}.one AND own.other = ${ruling}.other AND own.steward = ${steward}
        AND own.given_at < ${ruling}.decided_at
        AND NOT EXISTS (SELECT FROM decided.pair_ruling earlier WHERE earlier.one = own.one AND earlier.other = own.other
                        AND earlier.decided_at > own.given_at AND earlier.decided_at < ${ruling}.decided_at)
        AND ${ruling}.ruling = CASE own.answer WHEN 'same' THEN 'together' WHEN 'different' THEN 'apart' END)`;

/** SQL: an object as AskedToTakeBack, of a ruling. */
export const takeBackOf = (ruling: string, steward: string): string => `json_build_object(
      'byOwn', EXISTS (SELECT FROM decided.take_back asked WHERE asked.ruling = ${ruling}.id AND asked.steward = ${steward}),
      'byOther', EXISTS (SELECT FROM decided.take_back asked WHERE asked.ruling = ${ruling}.id AND asked.steward <> ${steward}))`;

/** SQL: whether this steward has asked to take any ruling about a pair back, and so knows what was decided. */
export const tookPart = (pair: string, steward: string): string => `EXISTS (
      SELECT FROM decided.pair_ruling former JOIN decided.take_back asked ON asked.ruling = former.id
      WHERE former.one = ${pair}.one AND former.other = ${pair}.other AND asked.steward = ${steward})`;

const placeOf = (id: string) => `opinion ${id}`;

/** Whether a second look came to the same; null: it was the first, a third, or nothing could be told. */
function agreedWith(others: readonly Answer[], answer: Answer): boolean | null {
  const decisive = others.filter((other) => other !== 'cannot-tell');
  return decisive.length === 1 && answer !== 'cannot-tell' ? decisive[0] === answer : null;
}

const BEFORE = `
  SELECT EXISTS (SELECT FROM decided.opinion WHERE one = $1 AND other = $2 AND steward = $3) AS answered,
         (SELECT count(*)::int FROM decided.pair_ruling WHERE one = $1 AND other = $2) AS rulings,
         ARRAY (SELECT answer FROM decided.opinion_that_counts WHERE one = $1 AND other = $2) AS answers,
         last.id AS last, coalesce(${ownRuling('last', '$3')}, false) AS "lastIsOwn",
         ${takeBackOf('last', '$3')} AS "takeBack"
  FROM (SELECT) nothing
  LEFT JOIN (SELECT * FROM decided.pair_ruling WHERE one = $1 AND other = $2 ORDER BY number DESC LIMIT 1) last ON true`;

const GIVE =
  'INSERT INTO decided.opinion (id, one, other, steward, answer, reason, sealed, agreed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)';

const ASK_TO_TAKE_BACK = 'INSERT INTO decided.take_back (ruling, steward) VALUES ($1, $2)';

const RULE = 'INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward) VALUES ($1, $2, $3, $4, $5, $6)';

import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { openTerms, sealTerms } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { ReadModelUnavailable } from '../errors.js';
import { OPERATIONS, STEWARDS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { type Answer, type Reason, RULINGS, TAKEN_BACK } from './answers.js';
import { reopenDoubts, settleDoubts } from './settle-doubts.js';
import type { DoubtedPair } from './doubted-pair.js';
import type { RulingToAsk } from './matcher-door.js';
import type { Pair } from './pair.js';
import { verdictOf } from './verdict.js';

export interface Opinion {
  answer: Answer;
  reason: Reason;
  /** In the steward's own words; may be empty. */
  words: string;
}

/** What became of an opinion: null, where somebody else ruled meanwhile, or this steward has answered before. */
export type Given = { outcome: 'waits' | 'differ' | 'decided'; agreed: boolean | null } | null;

export type Run = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

/** Opinions of stewards and the rulings that follow from them, outside every generation and by records. Throws ReadModelUnavailable. */
@Injectable()
export class KeptOpinions {
  constructor(
    @Inject(OPERATIONS) private readonly pool: ReadModelPool,
    @Inject(STEWARDS_KEY) private readonly key: Buffer,
  ) {}

  /**
   * Keeps an opinion, and the ruling where it makes one, both or neither.
   * @param needed how many stewards have to agree @param seen what the steward saw: how many rulings of this pair there were, and which doubts about it
   */
  give(
    { reader }: Asker,
    pair: Pair,
    { answer, reason, words }: Opinion,
    needed: number,
    { rulings, doubted }: { rulings: number; doubted: DoubtedPair | null },
  ): Promise<Given> {
    return this.alone(pair, async (run) => {
      const [before] = await run(BEFORE, [pair.one, pair.other, reader.id]);
      if (before!.mine === true || before!.rulings !== rulings) return null;
      const id = randomUUID();
      const sealed = words === '' ? null : sealTerms(this.key, { words }, placeOf(id));
      await run(GIVE, [id, pair.one, pair.other, reader.id, answer, reason, sealed]);
      const others = before!.answers as Answer[];
      const verdict = verdictOf([...others, answer], needed);
      if (verdict.outcome === 'decided') {
        const ruling = randomUUID();
        await run(RULE, [ruling, pair.one, pair.other, RULINGS[verdict.answer], reason, reader.id]);
        if (doubted !== null) await settleDoubts(run, doubted, { ruling, as: verdict.answer, reason, steward: reader.id });
      }
      return { outcome: verdict.outcome, agreed: agreedWith(others, answer) };
    });
  }

  /** Takes back the ruling that stands, where this steward's opinion has made it one. @returns whether it is taken back */
  takeBack({ reader }: Asker, pair: Pair): Promise<boolean> {
    return this.alone(pair, async (run) => {
      const [last] = await run(LAST_RULING, [pair.one, pair.other, reader.id]);
      if (last?.own !== true) return false;
      await reopenDoubts(run, String(last.id), { reason: TAKEN_BACK, steward: reader.id });
      await run(RULE, [randomUUID(), pair.one, pair.other, 'none', TAKEN_BACK, reader.id]);
      return true;
    });
  }

  /** Rulings that the matcher has not been asked for yet, in their order. */
  async toHandOver(): Promise<RulingToAsk[]> {
    return (await this.run(TO_HAND_OVER, [])) as unknown as RulingToAsk[];
  }

  async noteHandedOver(id: string): Promise<void> {
    await this.run('UPDATE decided.pair_ruling SET handed_over_at = clock_timestamp() WHERE id = $1 AND handed_over_at IS NULL', [id]);
  }

  /** A steward's own words; null: none, or the key is not the one any more. @param sealed base64 */
  wordsOf(id: string, sealed: string | null): string | null {
    try {
      return sealed === null ? null : (openTerms(this.key, Buffer.from(sealed, 'base64'), placeOf(id)).words ?? null);
    } catch {
      return null;
    }
  }

  private async run(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    try {
      return (await this.pool.query<Record<string, unknown>>(text, values)).rows;
    } catch (error) {
      throw new ReadModelUnavailable(error);
    }
  }

  /** One after the other for each pair: two stewards who answer at once are counted one after the other. */
  private async alone<T>({ one, other }: Pair, work: (run: Run) => Promise<T>): Promise<T> {
    let broken: Error | undefined;
    try {
      const client = await this.pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`opinions ${one} ${other}`]);
        const done = await work(async (text, values) => (await client.query<Record<string, unknown>>(text, values)).rows);
        await client.query('COMMIT');
        return done;
      } catch (error) {
        broken = error instanceof Error ? error : new Error('something that is no Error was thrown');
        throw error;
      } finally {
        client.release(broken);
      }
    } catch (error) {
      throw new ReadModelUnavailable(error);
    }
  }
}

/** SQL: whether a ruling is one that this steward's opinion has made, alone or with another's. */
export const ownRuling = (ruling: string, steward: string): string => `EXISTS (
      SELECT FROM decided.opinion own WHERE own.one = ${ruling}.one AND own.other = ${ruling}.other AND own.steward = ${steward}
        AND own.given_at < ${ruling}.decided_at
        AND NOT EXISTS (SELECT FROM decided.pair_ruling earlier WHERE earlier.one = own.one AND earlier.other = own.other
                        AND earlier.decided_at > own.given_at AND earlier.decided_at < ${ruling}.decided_at)
        AND ${ruling}.ruling = CASE own.answer WHEN 'same' THEN 'together' WHEN 'different' THEN 'apart' END)`;

const placeOf = (id: string) => `opinion ${id}`;

/** Whether a second look came to the same; null: it was the first, a third, or nothing could be told. */
function agreedWith(others: readonly Answer[], answer: Answer): boolean | null {
  const decisive = others.filter((other) => other !== 'cannot-tell');
  return decisive.length === 1 && answer !== 'cannot-tell' ? decisive[0] === answer : null;
}

const BEFORE = `
  SELECT EXISTS (SELECT FROM decided.opinion WHERE one = $1 AND other = $2 AND steward = $3) AS mine,
         (SELECT count(*)::int FROM decided.pair_ruling WHERE one = $1 AND other = $2) AS rulings,
         ARRAY (SELECT answer FROM decided.opinion_that_counts WHERE one = $1 AND other = $2) AS answers`;

const GIVE = 'INSERT INTO decided.opinion (id, one, other, steward, answer, reason, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)';

const RULE = 'INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward) VALUES ($1, $2, $3, $4, $5, $6)';

const LAST_RULING = `
  SELECT ${ownRuling('last', '$3')} AS own, id FROM decided.pair_ruling last WHERE one = $1 AND other = $2 ORDER BY number DESC LIMIT 1`;

const TO_HAND_OVER =
  'SELECT id, one, other, ruling, reason FROM decided.pair_ruling WHERE handed_over_at IS NULL ORDER BY number LIMIT 500';

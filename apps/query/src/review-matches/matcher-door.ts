import { Pool } from 'pg';
import { MatcherUnavailable } from '../errors.js';
import type { Ruling } from './answers.js';
import { ASK, BECAME, CHOSEN, NOW, WAITING } from './matcher-statements.js';
import type { SaidByReader } from './harm.js';
import type { Pair } from './pair.js';

/** A pair that waits for a steward. `since`: milliseconds since 1970. */
export interface WaitingPair extends Pair {
  since: number;
  /** A reader has doubted that they are of one person, as which they are shown; or has said so of two who are shown apart. */
  byReader?: SaidByReader;
}

/** How the matcher sees two records now. */
export interface PairNow {
  /** Since when it waits for a steward; null: it does not. */
  since: number | null;
  /** They are of one person. */
  joined: boolean;
}

/** What became of a ruling that the matcher was asked for. */
export interface BecameOf {
  id: string;
  /** The matcher has decided so. */
  takenUp: boolean;
  /** And that is in the log, from which it comes back whatever is lost. */
  inLog: boolean;
  /** It was lost with the matcher's database: there is neither a request nor a rule. */
  lost: boolean;
  /** So was its request, and another decision by hand about the pair is in the log since. */
  overruled: boolean;
}

export interface RulingOfPair extends Pair {
  id: string;
  ruling: Ruling;
  /** What stewards had ruled of the pair before; absent or null: nothing. */
  before?: Ruling | null;
}

export interface RulingToAsk extends RulingOfPair {
  reason: string;
}

const CONNECT_MS = 3_000;
/** Of a million records with 150,000 pairs for review, the list takes two to three seconds. */
const ANSWER_MS = 8_000;

/** The matcher's own state, as a user who sees which pairs wait and asks for rulings: nothing here says what a record holds. Throws MatcherUnavailable. */
export class MatcherDoor {
  private readonly pool: Pool;

  constructor(url: string, onIdleError: (error: Error) => void) {
    this.pool = new Pool({
      connectionString: url,
      max: 3,
      application_name: 'stewards',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
    });
    this.pool.on('error', onIdleError);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Pairs that wait: those named first, then the oldest. */
  waiting(first: readonly Pair[], atMost: number): Promise<WaitingPair[]> {
    return this.rows<WaitingPair>(WAITING, [first.map(({ one }) => one), first.map(({ other }) => other), atMost]);
  }

  async now({ one, other }: Pair): Promise<PairNow> {
    const [found] = await this.rows<PairNow>(NOW, [one, other]);
    return found!;
  }

  becameOf(rulings: readonly RulingOfPair[]): Promise<BecameOf[]> {
    const column = <T>(value: (ruling: RulingOfPair) => T) => rulings.map(value);
    return this.rows<BecameOf>(BECAME, [
      column(({ id }) => id),
      column(({ one }) => one),
      column(({ other }) => other),
      column(({ ruling }) => ruling),
      column(({ before }) => before ?? null),
    ]);
  }

  /** Which of these rulings have been taken up. */
  async takenUp(rulings: readonly RulingOfPair[]): Promise<Set<string>> {
    const became = rulings.length === 0 ? [] : await this.becameOf(rulings);
    return new Set(became.filter(({ takenUp }) => takenUp).map(({ id }) => id));
  }

  /** Once: a request of that id that is there already is that one. */
  async ask({ id, one, other, ruling, reason }: RulingToAsk): Promise<void> {
    await this.rows(ASK, [id, one, other, ruling, reason]);
  }

  /** Settings of the model that was switched to last, as JSON; null: none ever was. */
  async chosenModel(): Promise<string | null> {
    const [live] = await this.rows<{ settings: string }>(CHOSEN, []);
    return live?.settings ?? null;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async rows<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(text, values)).rows;
    } catch (error) {
      throw new MatcherUnavailable(error);
    }
  }
}

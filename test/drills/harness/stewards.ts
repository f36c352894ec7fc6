import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../apps/demo/src/random.js';
import { eventually } from '../../support/eventually.js';
import type { AskedRuling } from '../judge/judge-matching.js';
import type { StateDatabase } from './state-database.js';

const ASK_EVERY_MS = 250;
/** A ruling in four takes back one that was asked before. */
const TAKEN_BACK = 0.25;

/** Stewards who rule on records, each ruling with a reason of its own. */
export class Stewards {
  readonly asked: AskedRuling[] = [];
  private ruling = false;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly state: StateDatabase,
    private readonly chance: Random,
    /** Subject tokens of two records that have something to do with each other. */
    private readonly pair: () => Promise<[string, string]>,
  ) {}

  /** They rule now and then, until they rest. */
  call(): void {
    this.ruling = true;
    this.work = this.rule();
    this.work.catch(() => undefined);
  }

  async rest(): Promise<void> {
    this.ruling = false;
    await this.work;
  }

  /** Rests once what was asked is decided, and in the log. */
  async restWhenFollowed(): Promise<void> {
    await this.rest();
    await eventually('every ruling was followed', () => this.state.on(async (pool) => (await pool.query(UNFOLLOWED)).rows.length === 0), {
      within: 30_000,
    });
  }

  /** Asks for something, until that is on record. */
  async ask(asked: Partial<AskedRuling> = {}): Promise<AskedRuling> {
    const ruling = { ...(await this.any()), ...asked };
    const values = [randomUUID(), ruling.one, ruling.other, ruling.ruling, ruling.reason];
    const write = () => this.state.on(async (pool) => (await pool.query(ASK, values)) !== null);
    await eventually('a ruling was asked for', write, { within: 60_000 });
    this.asked.push(ruling);
    return ruling;
  }

  private async any(): Promise<AskedRuling> {
    const { chance, asked } = this;
    const reason = `drill-${asked.length + 1}`;
    const before = asked.length > 0 && chance.chance(TAKEN_BACK) ? chance.pick(asked) : undefined;
    if (before) return { one: before.other, other: before.one, ruling: 'none', reason };
    const [one, other] = await this.pair();
    return { one, other, ruling: chance.pick(['together', 'apart'] as const), reason };
  }

  private async rule(): Promise<void> {
    while (this.ruling) {
      await this.ask();
      await pause(ASK_EVERY_MS);
    }
  }
}

const ASK = `
  INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role) VALUES ($1, $2, $3, $4, $5, 'data-steward')
  ON CONFLICT (id) DO NOTHING`;
const UNFOLLOWED = `
  SELECT FROM matcher.ruling_request WHERE decision IS NULL UNION ALL SELECT FROM matcher.outbox WHERE type LIKE 'RecordsKept%'`;

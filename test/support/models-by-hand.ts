import { Client } from 'pg';
import { emptyCandidate } from '../../apps/matcher/src/state/candidate.js';
import { migrateState } from '../../apps/matcher/src/state/migrate-state.js';
import { freshDatabase } from './fresh.js';
import { subjectOf } from './match-steps.js';

/** The matcher's database without a matcher: who is one person by the live model and by one beside it, a test says. */
export class ModelsByHand {
  private constructor(readonly client: Client) {}

  static async open(): Promise<ModelsByHand> {
    const url = await freshDatabase('matcher');
    await migrateState(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    await emptyCandidate(client);
    return new ModelsByHand(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** In place of all that was said before: each place a record, each number a person. */
  async people(now: readonly number[], after: readonly number[]): Promise<void> {
    await this.client.query('TRUNCATE matcher.record, matcher.candidate_record, matcher.pair, matcher.candidate_pair, matcher.rule');
    const subjects = now.map((_, at) => subjectOf(at));
    await this.client.query(
      `INSERT INTO matcher.record (subject, details_epoch, details_position, removed, presence_epoch, presence_position,
         replacement_epoch, replacement_position, erased, person, decision)
       SELECT subject, 0, 0, false, 0, 0, -1, 0, false, person, 1 FROM unnest($1::uuid[], $2::uuid[]) AS given (subject, person)`,
      [subjects, now.map(subjectOf)],
    );
    await this.client.query(
      'INSERT INTO matcher.candidate_record (subject, person) SELECT * FROM unnest($1::uuid[], $2::uuid[])',
      [subjects, after.map(subjectOf)],
    ); // prettier-ignore
  }

  /** Two records are for a steward, by both models. */
  async forSteward(one: number, other: number): Promise<void> {
    for (const table of ['pair', 'candidate_pair'])
      await this.client.query(`INSERT INTO matcher.${table} (one, other, weight, zone, caps) VALUES ($1, $2, 4000, 'review', '{}')`, [
        subjectOf(one),
        subjectOf(other),
      ]);
  }

  async ruled(one: number, other: number, ruling: 'together' | 'apart'): Promise<void> {
    await this.client.query('INSERT INTO matcher.rule VALUES ($1, $2, $3, 1)', [subjectOf(one), subjectOf(other), ruling]);
  }

  /** @param what such as `erased = true` */
  async record(number: number, what: string): Promise<void> {
    await this.client.query(`UPDATE matcher.record SET ${what} WHERE subject = $1`, [subjectOf(number)]);
  }
}

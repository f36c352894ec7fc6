import { Client } from 'pg';
import { urlAs } from '#lib/audit';
import { migrateState } from '../../apps/matcher/src/state/migrate-state.js';
import { ensureStewardsLogin } from '../../apps/ops/src/match/stewards-login.js';
import { oneAfterTheOther } from './audit-users.js';
import { freshDatabase } from './fresh.js';

const PASSWORD = 'stewards of the tests';
let made: Promise<void> | undefined;

/** The address of a matcher's database for the query service: as the user who sees what waits for stewards. */
export async function asStewards(url: string): Promise<string> {
  await (made ??= oneAfterTheOther(url, () => ensureStewardsLogin(url, PASSWORD)));
  return urlAs(url, 'index_stewards', PASSWORD);
}

interface Record {
  subject: string;
  person: string;
}

/** The matcher's database without a matcher: what waits there, a test says. */
export class MatcherByHand {
  private constructor(
    readonly url: string,
    readonly stewardsUrl: string,
    private readonly client: Client,
  ) {}

  static async open(): Promise<MatcherByHand> {
    const url = await freshDatabase('matcher');
    await migrateState(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('UPDATE matcher.progress SET writer = 1');
    return new MatcherByHand(url, await asStewards(url), client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** These two wait for a steward. @param since hours ago */
  async waits(one: Record, other: Record, since = 1): Promise<{ one: string; other: string; path: string }> {
    for (const { subject, person } of [one, other]) await this.client.query(RECORD, [subject, person]);
    const [lesser, greater] = [one.subject, other.subject].sort() as [string, string];
    await this.client.query(`INSERT INTO matcher.pair (one, other, weight, zone, caps) VALUES ($1, $2, 5000, 'review', '{}')`, [
      lesser,
      greater,
    ]);
    await this.client.query(`INSERT INTO matcher.review_since VALUES ($1, $2, now() - $3 * interval '1 hour')`, [lesser, greater, since]);
    return { one: lesser, other: greater, path: `/matches/${lesser}/${greater}` };
  }

  /** The source has given a record another id. */
  async replaced(subject: string, by: string): Promise<void> {
    await this.client.query(RECORD, [subject, null]);
    await this.client.query('UPDATE matcher.record SET replaced_by = $2 WHERE subject = $1', [subject, by]);
  }

  async ruled(one: string, other: string, ruling: 'together' | 'apart' | 'none'): Promise<void> {
    await this.client.query(
      'INSERT INTO matcher.rule VALUES (least($1::uuid, $2), greatest($1::uuid, $2), $3, 1) ON CONFLICT (one, other) DO UPDATE SET ruling = excluded.ruling',
      [one, other, ruling],
    );
  }

  /** What was asked of the matcher, oldest first. */
  async asked(): Promise<{ id: string; one: string; ruling: string; reason: string; by_role: string }[]> {
    return (await this.client.query('SELECT id, one, ruling, reason, by_role FROM matcher.ruling_request ORDER BY asked_at')).rows as [];
  }

  /** As the matcher does it: a rule, and the request has a number. */
  async takesUp(one: string): Promise<void> {
    await this.client.query(
      `WITH taken AS (UPDATE matcher.ruling_request SET decision = 1 WHERE one = $1 AND decision IS NULL RETURNING one, other, ruling, asked_at)
       INSERT INTO matcher.rule SELECT DISTINCT ON (one, other) one, other, ruling, 1 FROM taken ORDER BY one, other, asked_at DESC
       ON CONFLICT (one, other) DO UPDATE SET ruling = excluded.ruling`,
      [one],
    );
  }

  /** Its database is lost: what is in the log comes back by itself. @param comesBack rules about these records */
  async isLost(comesBack: readonly string[] = []): Promise<void> {
    await this.client.query('TRUNCATE matcher.ruling_request');
    await this.client.query('DELETE FROM matcher.rule WHERE NOT one = ANY ($1::uuid[])', [comesBack]);
  }

  async run(statement: string): Promise<void> {
    await this.client.query(statement);
  }
}

const RECORD = `
  INSERT INTO matcher.record (subject, details_epoch, details_position, removed, presence_epoch, presence_position,
    replacement_epoch, replacement_position, erased, person, decision)
  VALUES ($1, 0, 0, false, 0, 0, -1, 0, false, $2, 1) ON CONFLICT DO NOTHING`;

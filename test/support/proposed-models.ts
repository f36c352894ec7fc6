import { Client } from 'pg';
import { DEFAULT_MODEL, type MatchSettings } from '../../libs/matching/src/index.js';
import { eventually } from './eventually.js';

/** Joins hardly anybody. */
export const STRICT: MatchSettings = {
  ...DEFAULT_MODEL,
  model_version: 'strict-1',
  zones: { join: 90, review: 80, sensitive: { join: 90, review: 80 } },
};

/** Models proposed to a matcher by "robin", as operations would, and what its database says of them. */
export class ProposedModels {
  private constructor(readonly client: Client) {}

  static async open(url: string): Promise<ProposedModels> {
    const client = new Client({ connectionString: url });
    await client.connect();
    return new ProposedModels(client);
  }

  async propose(settings: MatchSettings): Promise<void> {
    await eventually('the matcher had its tables', () => this.client.query('SELECT FROM matcher.model').catch(() => false));
    await this.client.query(`INSERT INTO matcher.model (settings, proposed_by, reason) VALUES ($1, 'robin', 'trained anew')`, [
      JSON.stringify(settings),
    ]);
  }

  /** Every record is compared and decided by it, and nothing that came since is left. */
  async untilBuilt(): Promise<void> {
    const built = async () => {
      const { rows } = await this.client.query<{ built: boolean }>(`
        SELECT state = 'built' AND NOT EXISTS (SELECT FROM matcher.candidate_mark)
          AND NOT EXISTS (SELECT FROM matcher.candidate_record WHERE waiting IS NOT NULL) AS built
        FROM matcher.model ORDER BY id DESC LIMIT 1`);
      return rows[0]?.built;
    };
    await eventually('the candidate was built', built, { within: 3_600_000 });
  }

  async stateOfLast(): Promise<string | undefined> {
    const { rows } = await this.client.query<{ state: string }>('SELECT state FROM matcher.model ORDER BY id DESC LIMIT 1');
    return rows[0]?.state;
  }

  async wouldBeOne(one: string, other: string): Promise<boolean> {
    const { rows } = await this.client.query<{ people: string }>(
      'SELECT count(DISTINCT person) AS people FROM matcher.candidate_record WHERE subject = ANY($1::uuid[])',
      [[one, other]],
    );
    return rows[0]!.people === '1';
  }

  async approve(): Promise<void> {
    await this.client.query(`UPDATE matcher.model SET approved_by = 'kim', approved_at = now() WHERE state = 'built'`);
  }

  /** Asks the matcher for it, and waits. @returns what has become of the model */
  async ask(wanted: 'switch' | 'drop'): Promise<string> {
    const { rows } = await this.client.query<{ id: number }>(`UPDATE matcher.model SET wanted = $1 WHERE state IN ('proposed', 'building', 'built') RETURNING id`, [wanted]); // prettier-ignore
    return eventually(`the model was ${wanted}ped`, async () => {
      const { rows: now } = await this.client.query<{ state: string }>('SELECT state FROM matcher.model WHERE id = $1 AND wanted IS NULL', [rows[0]!.id]); // prettier-ignore
      return now[0]?.state;
    });
  }

  /** All that the model that was switched to decides otherwise is in the log. */
  async isSettled(): Promise<boolean> {
    const { rows } = await this.client.query<{ settled: boolean }>(`
      SELECT NOT EXISTS (SELECT FROM matcher.record WHERE waiting IS NOT NULL)
        AND NOT EXISTS (SELECT FROM matcher.outbox) AS settled`);
    return rows[0]!.settled;
  }

  /** Rows and tables that a candidate has left behind. */
  async leftOver(): Promise<number> {
    const { rows } = await this.client.query<{ rows: string }>(`
      SELECT (SELECT count(*) FROM matcher.candidate_record) + (SELECT count(*) FROM matcher.candidate_mark)
        + (SELECT count(*) FROM pg_tables WHERE schemaname = 'matcher' AND tablename = 'candidate_pair') AS rows`);
    return Number(rows[0]!.rows);
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

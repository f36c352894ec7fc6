import { Client } from 'pg';
import { DEFAULT_MODEL, type MatchSettings } from '../../libs/matching/src/index.js';
import type { SourceEvent } from '../../libs/events/src/index.js';
import { eventually } from './eventually.js';
import { known } from './people-hard-to-match.js';

/** Joins hardly anybody. */
export const STRICT: MatchSettings = {
  ...DEFAULT_MODEL,
  model_version: 'strict-1',
  zones: { join: 90, review: 80, sensitive: { join: 90, review: 80 } },
};

/** So many people whom two sources know alike, without a number; the strict model joins none of them. */
export function knownTwice(count: number): SourceEvent[] {
  const letter = (letters: string, number: number) => letters[Math.floor(number) % letters.length]!;
  return Array.from({ length: count }, (_, at) => ({
    family: `Brennan${letter('abcdefghij', at)}${letter('klmnopqrst', at / 10)}`,
    given: `Si${letter('uvwxyzabcd', at / 100)}n`,
    born: `${1950 + (at % 60)}-0${1 + (at % 9)}-${10 + (at % 19)}`,
    postcode: 'NB4 2AA',
  })).flatMap((person, at) => ['mosaic', 'cis'].map((source) => known(source, `k${at}`, 1, person)));
}

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
    const { rows } = await this.client.query<{ state: string }>(
      "SELECT state FROM matcher.model WHERE proposed_by = 'robin' ORDER BY id DESC LIMIT 1",
    );
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

  /** Whether the matcher was asked for something that it has not done yet. */
  async isWanted(): Promise<boolean> {
    const { rows } = await this.client.query('SELECT FROM matcher.model WHERE wanted IS NOT NULL');
    return rows.length > 0;
  }

  /** All that the model that was switched to decides otherwise is in the log. */
  async isSettled(): Promise<boolean> {
    const { rows } = await this.client.query<{ settled: boolean }>(`
      SELECT NOT EXISTS (SELECT FROM matcher.record WHERE waiting IS NOT NULL)
        AND NOT EXISTS (SELECT FROM matcher.differing) AND NOT EXISTS (SELECT FROM matcher.outbox) AS settled`);
    return rows[0]!.settled;
  }

  /** From here on every decision about a record takes its time. */
  async slowDown(): Promise<void> {
    await this.client.query(`
      CREATE FUNCTION matcher.slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE INSERT ON matcher.outbox FOR EACH ROW WHEN (NEW.type = 'RecordAssigned') EXECUTE FUNCTION matcher.slow()`);
  }

  /** Whether some of what the model that was switched to decides otherwise is still to be decided. */
  async isSwitching(): Promise<boolean> {
    const { rows } = await this.client.query<{ waits: boolean }>('SELECT EXISTS (SELECT FROM matcher.record WHERE waiting IS NOT NULL) OR EXISTS (SELECT FROM matcher.differing) AS waits'); // prettier-ignore
    return rows[0]!.waits;
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

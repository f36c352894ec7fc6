import { SubCommand } from 'nest-commander';
import { liveGeneration, type Queryable } from '#lib/read-model';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { ago, instantWords, print } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface OpenClaim {
  claim: string;
  /** The records as they stand now: those that replaced the ones it was raised of. */
  one: string;
  other: string;
  state: keyof typeof STATES;
  because: string;
  raisedAt: number;
  age: number;
}

@SubCommand({
  name: 'claims',
  description: 'Lists the pairs of records that readers have said to be one person (“Same person?”), and what each waits for.',
})
export class MatchClaimsVerb extends Verb {
  protected override readonly examples = {
    'match claims': 'oldest first, by tokens as match rule takes them; of whom they are, and who has said so, nothing is told',
  };

  async run(_: string[], options: AnswerOptions): Promise<void> {
    print(await inReadModel(openClaims), COLUMNS, { json: options.json, whenEmpty: 'Nobody has said that two people are one.' });
    process.exitCode = DONE;
  }
}

async function openClaims(client: Queryable): Promise<OpenClaim[]> {
  const { schema } = await liveGeneration(client);
  const { rows } = await client.query(`
    WITH RECURSIVE went (claim, side, subject) AS (
      SELECT id, side, subject FROM decided.claim, LATERAL (VALUES ('one', one), ('other', other)) sides (side, subject) WHERE settled_at IS NULL
      UNION SELECT went.claim, went.side, r.replaced_by FROM went JOIN ${schema}.record r USING (subject) WHERE r.replaced_by IS NOT NULL),
    ends AS (
      SELECT went.*, person FROM went JOIN ${schema}.record r USING (subject) LEFT JOIN ${schema}.record_person USING (subject)
      WHERE r.replaced_by IS NULL AND r.present)
    SELECT id AS claim, coalesce(a.subject, one) AS one, coalesce(b.subject, other) AS other, reason AS because,
      CASE WHEN a.subject IS NULL OR b.subject IS NULL THEN 'gone' WHEN a.person = b.person THEN 'one-person'
        WHEN a.person IS NULL OR b.person IS NULL THEN 'not-matched'
        WHEN EXISTS (
          SELECT FROM decided.opinion_that_counts o WHERE o.one = least(a.subject, b.subject) AND o.other = greatest(a.subject, b.subject))
        THEN 'answered' ELSE 'waits' END AS state,
      (extract(epoch FROM raised_at) * 1000)::float8 AS "raisedAt", extract(epoch FROM clock_timestamp() - raised_at)::float8 AS age
    FROM decided.claim LEFT JOIN ends a ON a.claim = id AND a.side = 'one' LEFT JOIN ends b ON b.claim = id AND b.side = 'other'
    WHERE settled_at IS NULL ORDER BY raised_at, id`);
  return rows as OpenClaim[];
}

const STATES = {
  waits: 'waits for a steward',
  answered: 'answered by a steward, waits for another',
  'not-matched': 'waits for the matcher: one of the records is nobody’s yet',
  'one-person': 'one person meanwhile: its reader may withdraw it',
  gone: 'one of the records is gone: its reader may withdraw it',
};

const COLUMNS: Record<string, (row: OpenClaim) => string> = {
  claim: ({ claim }) => claim,
  record: ({ one }) => one,
  'and record': ({ other }) => other,
  state: ({ state }) => STATES[state],
  because: ({ because }) => because,
  age: ({ age }) => ago(age),
  since: ({ raisedAt }) => instantWords(raisedAt),
};

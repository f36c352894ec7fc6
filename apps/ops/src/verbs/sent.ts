import { Command, Option } from 'nest-commander';
import { DONE } from '../exit-codes.js';
import { inIngest } from '../in-ingest.js';
import { print } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';

interface Sent {
  source: string;
  day: string;
  door: string;
  sender: string;
  accepted: number;
  rejected: number;
  firstAt: string;
  lastAt: string;
}

@Command({
  name: 'sent',
  description: 'Tells what sources have sent in the last 30 days: by which door, from whom, when, how much of it was refused.',
})
export class SentVerb extends Verb {
  protected override readonly examples = { 'sent --source mosaic': 'every door of one source, day by day' };

  async run(_: string[], { source, json }: AnswerOptions & { source?: string }): Promise<void> {
    const { rows } = await inIngest((client) => client.query<Sent>(SENT, [source ?? null]));
    print(rows, COLUMNS, { json, whenEmpty: 'Nothing was sent.' });
    process.exitCode = DONE;
  }

  @Option({ flags: '--source <name>', description: 'of this source alone' })
  source(name: string): string {
    return name;
  }
}

const SENT = `
  SELECT source, day::text, door, sender, accepted::float8 AS accepted, rejected::float8 AS rejected,
         to_char(first_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "firstAt", to_char(last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastAt"
  FROM ingest.sent WHERE ($1::text IS NULL OR source = $1) AND day > current_date - 30 ORDER BY day DESC, source, door, sender`;

const COLUMNS: Record<string, (row: Sent) => string> = {
  source: ({ source }) => source,
  day: ({ day }) => day,
  door: ({ door }) => door,
  from: ({ sender }) => sender,
  accepted: ({ accepted }) => String(accepted),
  refused: ({ rejected }) => String(rejected),
  first: ({ firstAt }) => firstAt,
  last: ({ lastAt }) => lastAt,
};

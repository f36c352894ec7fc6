import { Command, Option } from 'nest-commander';
import type { Client } from 'pg';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inSessions } from '../in-sessions.js';
import { onRecord, reasonOf } from '../on-record.js';
import { token, wholeNumber } from '../option-values.js';
import { instantWords, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface FeedbackOptions extends ChangeOptions {
  last?: number;
  remove?: string;
}

interface Given {
  id: string;
  givenAt: number;
  reader: string;
  role: string;
  category: string;
  words: string;
}

@Command({
  name: 'feedback',
  description: 'What readers say about the pages, in their own words, newest first; removes what should not be there.',
})
export class FeedbackVerb extends ChangingVerb {
  protected override readonly examples = {
    feedback: 'the newest 50',
    'feedback --remove 01234567-… --reason "names a child"': 'takes one out for good',
  };

  async run(_: string[], options: FeedbackOptions): Promise<void> {
    const { remove: id, last = 50 } = options;
    if (id === undefined) {
      if (options.reason !== undefined || options.dryRun) throw new WrongUseError('Nothing is changed without --remove.');
      const given = await inSessions((client) => newest(client, last));
      tell(given, given.length === 0 ? ['Nobody has given feedback yet.'] : given.map(words), options);
    } else await this.take(id, options);
    process.exitCode = DONE;
  }

  private async take(id: string, options: FeedbackOptions): Promise<void> {
    const reason = options.dryRun ? '' : reasonOf(options);
    await inSessions(async (client) => {
      const { rowCount } = await client.query('SELECT FROM kept.feedback WHERE id = $1', [id]);
      if (rowCount === 0) throw new WrongUseError('No feedback has this id.');
      if (options.dryRun) return tell({ id, dryRun: true }, [`${id} would be removed.`], options);
      await onRecord('feedback/remove', reason, { id }, () => client.query('DELETE FROM kept.feedback WHERE id = $1', [id]));
      return tell({ id, dryRun: false }, [`${id} is removed. Backups hold it until they run out.`], options);
    });
  }

  @Option({ flags: '--last <count>', description: 'so many of the newest (50 unless said)' })
  last(count: string): number {
    return wholeNumber('--last', count, { min: 1, max: 10_000 });
  }

  @Option({ flags: '--remove <id>', description: 'takes out one that names somebody' })
  remove(text: string): string {
    return token('--remove', text);
  }
}

async function newest(client: Client, last: number): Promise<Given[]> {
  const { rows } = await client.query<Given>(
    `SELECT id, given_at::float8 AS "givenAt", reader, role, category, words FROM kept.feedback ORDER BY given_at DESC LIMIT $1`,
    [last],
  );
  return rows;
}

/** Whatever was typed, it does nothing to a terminal. */
const words = ({ id, givenAt, reader, role, category, words }: Given) =>
  `${instantWords(givenAt)}  ${category}  ${reader} (${role})  ${id}\n  ${words.replaceAll(/\p{Cc}+/gu, ' ')}`;

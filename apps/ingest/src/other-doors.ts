import type { Problem } from '#lib/events';
import { type Logger, RetryableError } from '#lib/runtime';
import type { Reachable } from './reachable.js';
import type { Door, Source } from './sources/source.js';
import type { Database } from './state/database.js';

const AGAIN_AFTER_MS = 1_000;

/**
 * The doors of a source, as far as each must know of the others: “we looked” said by one speaks for all that the source tells. While something that
 * comes by another stands still, “nothing found” would be said of what nobody looked at. A door counts from the first message that has come by it.
 */
export class OtherDoors {
  constructor(
    private readonly database: Reachable<Database>,
    /** How many messages that a source wrote to its landing topic before an instant (milliseconds since 1970) are not read yet. @throws RetryableError */
    private readonly unreadBefore: (source: string, before: number) => Promise<number>,
    private readonly logger: Logger,
  ) {}

  /**
   * What stands still, or has not come as far, and what to do; undefined where all is well.
   * @param saidBy vouches for itself @param completeTo until when nothing is missing, as is said, in milliseconds since 1970 @throws RetryableError
   */
  async behind({ name, doors }: Source, saidBy: Door | undefined, completeTo: number): Promise<Problem | undefined> {
    const others = doors.filter((door) => (door === 'kafka' || door === 'cdc') && door !== saidBy);
    if (others.length === 0) return undefined;
    const [found] = await (
      await this.database.get()
    ).query<{ how: keyof typeof WHAT_TO_DO; code: string }>(BEHIND, [name, others, completeTo]);
    if (found) return problemOf(WHAT_TO_DO[found.how](found.code));
    const unread = others.includes('kafka') ? await this.unreadBefore(name, completeTo) : 0;
    return unread > 0
      ? problemOf(`${unread} of the messages that you wrote to your landing topic before then are not read yet.`)
      : undefined;
  }

  /** A door is read no further. It is written down as soon as the database can. */
  async halted(source: string, door: Door, code: string): Promise<void> {
    try {
      await (await this.database.get()).query(HALTED, [source, door, code]);
    } catch (error) {
      if (!(error instanceof RetryableError))
        this.logger.error({ err: error, source, door }, 'that a door is read no further could not be written down');
      setTimeout(() => void this.halted(source, door, code), AGAIN_AFTER_MS).unref();
    }
  }

  /** It is read again. @throws RetryableError */
  async reads(source: string, door: Door): Promise<void> {
    await (await this.database.get()).query('DELETE FROM ingest.halted WHERE source = $1 AND door = $2', [source, door]);
  }
}

/** Three beats of a connector: what is older may lack something that was committed before. */
const BEHIND = `
  SELECT door || '-halted' AS how, code FROM ingest.halted WHERE source = $1 AND door = ANY ($2)
  UNION ALL
  SELECT CASE WHEN held IS NOT NULL THEN 'snapshot-waits' WHEN snapshot_from IS NOT NULL THEN 'in-snapshot'
              WHEN heard_at < now() - interval '2 minutes' THEN 'silent' ELSE 'late' END, ''
  FROM ingest.captured
  WHERE source = $1 AND 'cdc' = ANY ($2)
    AND (snapshot_from IS NOT NULL OR heard_at < least(now(), to_timestamp($3::float8 / 1000)) - interval '15 seconds')
  UNION ALL
  SELECT DISTINCT 'rows-refused', '' FROM ingest.captured_refused WHERE source = $1 AND 'cdc' = ANY ($2)
  LIMIT 1`;
const HALTED = `
  INSERT INTO ingest.halted (source, door, code) VALUES ($1, $2, $3) ON CONFLICT (source, door) DO UPDATE SET code = excluded.code`;

const WHAT_TO_DO = {
  'cdc-halted': (code: string) => `The changes captured in your tables are read no further (${code}): the operators are alarmed.`,
  'kafka-halted': (code: string) => `Your landing topic is read no further (${code}): the operators are alarmed.`,
  silent: () => 'Nothing has come for two minutes from the connector that captures the changes in your tables: see that it runs.',
  late: () => 'The changes in your tables have not been captured up to then yet.',
  'in-snapshot': () => 'All rows of your tables are being read once more.',
  'snapshot-waits': () => 'A new snapshot of your tables would take back so much that a person has to decide: ask the operators.',
  'rows-refused': () => 'Rows of your own tables are refused as they are now: put them right; they are on your source’s page.',
};

const problemOf = (what: string): Problem => ({
  pointer: '/type',
  rule: 'other-doors-read',
  expected: 'a source of which no other door stands still or has less than that',
  fix: `${what} Say this again, with the same completeTo, when that is over.`,
});

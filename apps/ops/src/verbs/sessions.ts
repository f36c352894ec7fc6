import { Command, Option } from 'nest-commander';
import type { Client } from 'pg';
import { EVERYBODY, revoke } from '#lib/identity';
import { WrongUseError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inSessions } from '../in-sessions.js';
import { onRecord, reasonOf } from '../on-record.js';
import { print, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface SessionsOptions extends ChangeOptions {
  revoke?: string;
  revokeAll?: boolean;
}

interface Signed {
  reader: string;
  role: string;
  sessions: number;
  startedAt: number;
  seenAt: number;
}

@Command({ name: 'sessions', description: 'Counts who is signed in; ends the sessions and tokens of one reader or machine, or of all.' })
export class SessionsVerb extends ChangingVerb {
  protected override readonly examples = {
    sessions: 'who is signed in, how often, since when',
    'sessions --revoke amara.okafor --reason "has left the authority"': 'the next request leads to signing in again',
    'sessions --revoke mosaic --reason "its secret was found in a log"':
      'a machine client: its tokens hold no longer, within half a minute',
    'sessions --revoke-all --reason "incident 12"': 'everybody and every machine',
  };

  async run(_: string[], options: SessionsOptions): Promise<void> {
    const who = options.revokeAll ? EVERYBODY : options.revoke;
    if (options.revokeAll && options.revoke !== undefined) throw new WrongUseError('Say --revoke or --revoke-all, not both.');
    if (who === undefined) {
      if (options.reason !== undefined || options.dryRun) throw new WrongUseError('Nothing is changed without --revoke or --revoke-all.');
      print(await inSessions(signedIn), COLUMNS, { json: options.json, whenEmpty: 'Nobody is signed in.' });
    } else await this.takeBack(who, options);
    process.exitCode = DONE;
  }

  private async takeBack(who: string, options: SessionsOptions): Promise<void> {
    const reason = options.dryRun ? '' : reasonOf(options);
    await inSessions(async (client) => {
      const sessions = (await signedIn(client))
        .filter(({ reader }) => who === EVERYBODY || reader === who)
        .reduce((sum, { sessions }) => sum + sessions, 0);
      const words = `${who === EVERYBODY ? 'all' : who}: ${sessions} ${sessions === 1 ? 'session' : 'sessions'}, and every token given to machines of that name`;
      if (options.dryRun) return tell({ who, sessions, dryRun: true }, [`Would end ${words}.`], options);
      await onRecord('sessions/revoke', reason, { who, sessions }, () => revoke(client, who));
      return tell({ who, sessions, dryRun: false }, [`Ended ${words}. Who the directory still knows can come again.`], options);
    });
  }

  @Option({ flags: '--revoke <name>', description: 'user name of a reader, or name of a machine client' })
  revokeOne(name: string): string {
    return name.trim().toLowerCase();
  }

  @Option({ flags: '--revoke-all', description: 'every reader and every machine' })
  revokeEverybody(): boolean {
    return true;
  }
}

/** Sessions that are idle or over are cleared away within half a minute; until then they are among these. */
async function signedIn(client: Client): Promise<Signed[]> {
  const { rows } = await client.query<Signed>(`
    SELECT reader->>'id' AS reader, reader->>'role' AS role, count(*)::int AS sessions,
           min(started_at)::float8 AS "startedAt", max(last_seen_at)::float8 AS "seenAt"
    FROM session.session GROUP BY 1, 2 ORDER BY 5 DESC`);
  return rows;
}

const COLUMNS: Record<string, (row: Signed) => string> = {
  reader: ({ reader }) => reader,
  role: ({ role }) => role,
  sessions: ({ sessions }) => String(sessions),
  since: ({ startedAt }) => new Date(startedAt).toISOString(),
  'last used': ({ seenAt }) => new Date(seenAt).toISOString(),
};

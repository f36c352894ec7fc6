import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Option, SubCommand } from 'nest-commander';
import type { Client } from 'pg';
import { GoesOnError, NotDoneError, WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inMatcher } from '../in-matcher.js';
import { onRecord, reasonOf } from '../on-record.js';
import { token } from '../option-values.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

/** What can be decided of two records, as the matcher is asked for it. */
const DECISIONS = { same: 'together', different: 'apart', open: 'none' } as const;
type Decision = keyof typeof DECISIONS;
const WORDS: Record<Decision, string> = {
  same: 'one person',
  different: 'two people',
  open: 'whatever their details make of them',
};
/** Whoever types here acts for a steward. */
const ROLE = 'operations';
const LOOK_EVERY_MS = 200;
const WAIT_MS = 15_000;

interface RuleOptions extends ChangeOptions {
  one?: string;
  other?: string;
  decision?: Decision;
  code?: string;
}

@SubCommand({ name: 'rule', description: 'Decides by hand that two records are one person, or two, or takes that back.' })
export class MatchRuleVerb extends ChangingVerb {
  protected override readonly examples = {
    'match rule --one 01234567-… --other 89abcdef-… --decision different --dry-run': 'what they are now, and what would be decided',
    'match rule --one 01234567-… --other 89abcdef-… --decision different --code source-confirmed --reason "the school has rung"':
      'two people from now on, whatever their details have in common; "match records" lists the tokens',
    'match rule --one 01234567-… --other 89abcdef-… --decision open --code mistake --reason "…"': 'takes it back',
  };

  async run(_: string[], options: RuleOptions): Promise<void> {
    const { one, other, decision, code } = options;
    if (one === undefined || other === undefined || one === other) throw new WrongUseError('Say which two records: --one and --other.');
    if (decision === undefined) throw new WrongUseError('Say what they are: --decision same, different or open.');
    const reason = options.dryRun ? '' : reasonOf(options);
    process.exitCode = DONE;
    await inMatcher(async (client) => {
      const before = await peopleOf(client, [one, other]);
      if (options.dryRun) {
        const now = before === 1 ? 'one person' : 'two people';
        return tell({ people: before, decision, dryRun: true }, [`They are ${now} now, and would be ${WORDS[decision]}.`], options);
      }
      if (code === undefined) throw new WrongUseError('Say why in one word: --code. It goes into the log.');
      const request = randomUUID();
      const number = await onRecord('match rule', reason, { request, one, other, decision, code }, async () => {
        await client.query(REQUEST, [request, one, other, DECISIONS[decision], code, ROLE]);
        return decisionOf(client, request);
      });
      const after = await peopleOf(client, [one, other]);
      const lines = [`Decided, by the decision ${number}: they are ${after === 1 ? 'one person' : 'two people'} now.`];
      const stands = decision === 'open' || (decision === 'same') === (after === 1);
      if (!stands) lines.push('That is not what was decided: another decision by hand, or what their source says of its records, stands against it.'); // prettier-ignore
      process.exitCode = stands ? DONE : LOOK_AT_THIS;
      return tell({ number, people: after, decision, dryRun: false }, lines, options);
    });
  }

  @Option({ flags: '--one <token>', description: 'the one record' })
  one(text: string): string {
    return token('--one', text);
  }

  @Option({ flags: '--other <token>', description: 'the other record' })
  other(text: string): string {
    return token('--other', text);
  }

  @Option({ flags: '--decision <what>', description: 'same, different, or open: as their details say' })
  decision(text: string): Decision {
    if (text in DECISIONS) return text as Decision;
    throw new WrongUseError('--decision wants same, different or open.');
  }

  @Option({
    flags: '--code <word>',
    description: 'why in one word, such as source-confirmed: it goes into the log, so nothing of a person',
  })
  code(text: string): string {
    if (/^[a-z]+(-[a-z]+){0,4}$/.test(text) && text.length <= 40) return text;
    throw new WrongUseError('--code wants small letters and hyphens, such as source-confirmed.');
  }
}

/** How many people these records are now. @throws NotDoneError where the matcher knows one of them not */
async function peopleOf(client: Client, subjects: readonly [string, string]): Promise<number> {
  const { rows } = await client.query<{ person: string }>('SELECT person FROM matcher.record WHERE subject = ANY($1)', [subjects]);
  if (rows.length < 2)
    throw new NotDoneError('The matcher does not know both of these records: take the tokens that "match records" lists.');
  return new Set(rows.map(({ person }) => person)).size;
}

const REQUEST = 'INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role) VALUES ($1, $2, $3, $4, $5, $6)';

/** Waits until the log holds the decision that the request has become. @returns its number */
async function decisionOf(client: Client, request: string): Promise<number> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await pause(LOOK_EVERY_MS)) {
    const { rows } = await client.query<{ decision: string }>(
      `SELECT decision FROM matcher.ruling_request r WHERE id = $1 AND decision IS NOT NULL
       AND NOT EXISTS (SELECT FROM matcher.outbox WHERE outbox.decision <= r.decision)`,
      [request],
    );
    if (rows[0]) return Number(rows[0].decision);
  }
  throw new GoesOnError(
    'The matcher has not taken it up yet (does it run, or is it catching up?). It will; nothing has to be typed again.',
  );
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { GoesOnError, NotDoneError, WrongUseError } from '../errors.js';
import type { ModelCounts } from './model-counts.js';

/** A match model as it was proposed, and what has become of it. */
export interface ListedModel {
  id: number;
  version: string | null;
  state: 'proposed' | 'building' | 'built' | 'live' | 'former' | 'dropped';
  wanted: 'switch' | 'drop' | null;
  compared: number;
  records: number;
  /** Records that have changed since and are not looked at again yet. */
  waiting: number;
  proposedBy: string;
  proposedAt: Date;
  comparison: ModelCounts | null;
  comparedAt: Date | null;
  approvedBy: string | null;
  approvedAt: Date | null;
}

/** Newest first. */
export async function allModels(client: Client): Promise<ListedModel[]> {
  const { rows } = await client.query<ListedModel>(
    `SELECT id, version, state, wanted, compared::int, records::int, proposed_by AS "proposedBy", proposed_at AS "proposedAt", comparison,
       compared_at AS "comparedAt", approved_by AS "approvedBy", approved_at AS "approvedAt",
       CASE WHEN state IN ('building', 'built') THEN (SELECT count(*) FROM matcher.candidate_mark)
         + (SELECT count(*) FROM matcher.candidate_record WHERE waiting IS NOT NULL) ELSE 0 END::int AS waiting
     FROM matcher.model ORDER BY id DESC`,
  );
  return rows;
}

/** The one model that is worked out beside the live one. @throws NotDoneError where there is none */
export async function theCandidate(client: Client): Promise<ListedModel> {
  const candidate = (await allModels(client)).find(({ state }) => ['proposed', 'building', 'built'].includes(state));
  if (!candidate)
    throw new NotDoneError('No model is worked out beside the live one. Propose one: npm run ops -- match model --propose FILE.');
  return candidate;
}

/** The same, where every record is compared and decided by it. @throws NotDoneError */
export async function theBuiltOne(client: Client): Promise<ListedModel> {
  const candidate = await theCandidate(client);
  if (candidate.state === 'built') return candidate;
  throw new NotDoneError(`Model ${candidate.id} is not worked out yet: ${progressOf(candidate)}.`);
}

export function progressOf({ state, compared, records, waiting, wanted }: ListedModel): string {
  if (state === 'building') return `${compared} of ${records} records compared`;
  if (state === 'built') return wanted === 'switch' ? 'being switched to' : `kept up, ${waiting} records wait`;
  return '';
}

/** @throws WrongUseError where another is worked out already */
export async function propose(client: Client, settings: string, who: string, reason: string): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO matcher.model (settings, proposed_by, reason) VALUES ($1, $2, $3)
     ON CONFLICT ((true)) WHERE state IN ('proposed', 'building', 'built') DO NOTHING RETURNING id`,
    [settings, who, reason],
  );
  if (!rows[0]) throw new WrongUseError('Another model is worked out already: switch to it, or drop it with --drop.');
  return rows[0].id;
}

/** How many people the index holds now, as they are matched. */
export async function peopleNow(client: Client): Promise<number> {
  const { rows } = await client.query<{ people: number }>('SELECT count(DISTINCT person)::int AS people FROM matcher.record');
  return rows[0]!.people;
}

/** The settings of the model that was live before, and whether the log tells them already: not those of the one before any was chosen. @throws NotDoneError */
export async function formerModel(client: Client): Promise<{ settings: string; inLog: boolean }> {
  const { rows } = await client.query<{ settings: string; inLog: boolean }>(
    `SELECT settings, decision IS NOT NULL AS "inLog" FROM matcher.model WHERE state = 'former' ORDER BY decision DESC NULLS LAST LIMIT 1`,
  );
  if (rows[0]) return rows[0];
  throw new NotDoneError('No other model was ever switched to: there is none to go back to.');
}

const LOOK_EVERY_MS = 200;

/** Whether the matcher has done what was asked of it, how far its decisions are, and the first of them that is not sent. */
const HOW_FAR = `
  SELECT state, approved_by IS NOT NULL AS approved, EXISTS (SELECT FROM matcher.record WHERE waiting IS NOT NULL) OR EXISTS (SELECT FROM matcher.differing WHERE model = $1) AS waits,
    (SELECT last_decision::float8 FROM matcher.progress) AS "lastDecision", (SELECT min(decision)::float8 FROM matcher.outbox) AS "firstUnsent"
  FROM matcher.model WHERE id = $1 AND wanted IS NULL`;

interface HowFar {
  state: string;
  approved: boolean;
  waits: boolean;
  lastDecision: number;
  firstUnsent: number | null;
}

const NOT_AS_IT_WAS =
  'It is not what it was: the matcher has begun it again, as its own state was new, or it has ended. See npm run ops -- match model; compare it, and approve it again.';
const IN_THE_WAY =
  'The matcher could not switch to it: its log says what stands in the way. It stays built and approved: ask again once that is gone.';

/**
 * Asks the matcher to switch to a candidate, or to drop it, and waits until all that follows is sent. Records that come all the time are not
 * waited for: only the decisions up to the one at which nothing waited any more.
 * @throws NotDoneError where it was refused, GoesOnError where it takes longer
 */
export async function askMatcher(client: Client, id: number, wanted: 'switch' | 'drop', within: number): Promise<void> {
  await client.query(
    `UPDATE matcher.model SET wanted = $2
     WHERE id = $1 AND ($2 = 'drop' AND state IN ('proposed', 'building', 'built') OR state = 'built' AND approved_by IS NOT NULL)`,
    [id, wanted],
  );
  let last: number | undefined;
  for (const until = Date.now() + within; Date.now() < until; await pause(LOOK_EVERY_MS)) {
    const { rows } = await client.query<HowFar>(HOW_FAR, [id]);
    const now = rows[0];
    if (!now) continue;
    if (now.state === 'built' && now.approved) throw new NotDoneError(IN_THE_WAY);
    if (now.state !== (wanted === 'switch' ? 'live' : 'dropped')) throw new NotDoneError(NOT_AS_IT_WAS);
    if (wanted === 'drop') return;
    if (!now.waits) last ??= now.lastDecision;
    if (last !== undefined && (now.firstUnsent === null || now.firstUnsent > last)) return;
  }
  throw new GoesOnError(
    'The matcher has not finished yet (does it run?). It will; nothing has to be typed again. See npm run ops -- match model.',
  );
}

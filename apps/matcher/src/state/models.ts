import type { MatchModelChosen } from '#lib/events';
import type { Transaction } from './open-state.js';

/** A model that was proposed and is, or shall be, worked out beside the live one. */
export interface CandidateModel {
  id: number;
  settings: string;
  version: string | null;
  state: 'proposed' | 'building' | 'built';
  wanted: 'switch' | 'drop' | null;
  approvedBy: string | null;
  /** The last record of the first pass over all of them; null before the first. */
  reached: string | null;
  lastLabel: number;
}

/** The candidate, where there is one; locked, so that its steps follow one another. */
export async function candidateModel(client: Transaction): Promise<CandidateModel | undefined> {
  const { rows } = await client.query<CandidateModel>(
    `SELECT id, settings, version, state, wanted, approved_by AS "approvedBy", reached, last_label AS "lastLabel"
     FROM matcher.model WHERE state IN ('proposed', 'building', 'built') FOR UPDATE`,
  );
  return rows[0];
}

/** It is begun, or begun again: under this version, with nothing compared. To be done before deciding is kept waiting: the records are counted. */
export async function beginModel(client: Transaction, id: number, version: string): Promise<void> {
  await client.query(
    `UPDATE matcher.model SET state = 'building', version = $2, reached = NULL, compared = 0, last_label = 0, comparison = NULL,
       compared_at = NULL, approved_by = NULL, approved_at = NULL, wanted = NULL, records = (SELECT count(*) FROM matcher.record) WHERE id = $1`,
    [id, version],
  );
}

export async function reachedByModel(client: Transaction, id: number, reached: string, compared: number): Promise<void> {
  await client.query('UPDATE matcher.model SET reached = $2, compared = compared + $3 WHERE id = $1', [id, reached, compared]);
}

export async function labelledByModel(client: Transaction, id: number, labels: number): Promise<void> {
  await client.query('UPDATE matcher.model SET last_label = last_label + $2 WHERE id = $1', [id, labels]);
}

/** All records are compared and decided; from now on whatever is decided anew concerns it. */
export async function modelIsBuilt(client: Transaction, id: number): Promise<void> {
  await client.query(`UPDATE matcher.model SET state = 'built', reached = $2 WHERE id = $1`, [id, LAST_TOKEN]);
}
const LAST_TOKEN = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A candidate ends: what was decided is decided by what it was. */
export async function endModel(client: Transaction, id: number): Promise<void> {
  await client.query(`UPDATE matcher.model SET state = 'dropped', wanted = NULL, ended_at = now() WHERE id = $1`, [id]);
}

/** Nobody asks for a switch to it any more. */
export async function refuseSwitch(client: Transaction, id: number): Promise<void> {
  await client.query(`UPDATE matcher.model SET wanted = NULL WHERE id = $1 AND wanted = 'switch'`, [id]);
}

/** The settings of the model that was switched to last; nothing where none ever was. */
export async function chosenModel(client: Transaction): Promise<string | undefined> {
  const { rows } = await client.query<{ settings: string }>(`SELECT settings FROM matcher.model WHERE state = 'live'`);
  return rows[0]?.settings;
}

/** A model by which was decided before any was chosen; settings as JSON. */
interface ModelBefore {
  version: string;
  settings: string;
}

/** The candidate becomes the live model by the decision of this number. @param before of a model that no row tells of yet */
export async function modelIsLive(client: Transaction, id: number, decision: number, before: ModelBefore): Promise<void> {
  // prettier-ignore
  const { rowCount } = await client.query(`UPDATE matcher.model SET state = 'former', ended_at = now() WHERE state = 'live'`);
  if (rowCount === 0) await keepModelBefore(client, before);
  await client.query(`UPDATE matcher.model SET state = 'live', wanted = NULL, decision = $2 WHERE id = $1`, [id, decision]);
  await client.query('UPDATE matcher.progress SET candidate = NULL');
}

/** Keeps by which model was decided before any was chosen: the one without a decision. Once. */
export async function keepModelBefore(client: Transaction, { version, settings }: ModelBefore): Promise<void> {
  await client.query(
    `INSERT INTO matcher.model (settings, version, state, proposed_by, reason, ended_at)
     SELECT $1, $2, 'former', 'MATCH_MODEL_FILE', 'the model before any was proposed', now()
     WHERE NOT EXISTS (SELECT FROM matcher.model WHERE state = 'former' AND decision IS NULL)`,
    [settings, version],
  );
}

/** Keeps which models were chosen, as the log tells it: the last of them is the live one. */
export async function keepChosen(client: Transaction, chosen: readonly MatchModelChosen[]): Promise<void> {
  for (const { decision, modelVersion, settings, by } of chosen)
    await client.query(
      `INSERT INTO matcher.model (settings, version, state, proposed_by, reason, decision, ended_at)
       VALUES ($1, $2, 'former', $3, 'as identity-log tells it', $4, now()) ON CONFLICT (decision) DO NOTHING`,
      [settings, modelVersion, by, decision],
    );
  if (chosen.length === 0) return;
  await client.query(`UPDATE matcher.model SET state = 'former' WHERE state = 'live'`);
  await client.query(`UPDATE matcher.model SET state = 'live', ended_at = NULL WHERE decision = (SELECT max(decision) FROM matcher.model)`);
}

/** The live state was dropped, and a candidate stood on its details. */
export async function candidateBeginsAgain(client: Transaction): Promise<void> {
  await client.query(`UPDATE matcher.model SET state = 'proposed', version = NULL WHERE state IN ('building', 'built')`);
  await client.query('UPDATE matcher.progress SET candidate = NULL');
  await client.query('DELETE FROM matcher.differing');
}

import type { MatcherDecision } from '#lib/events';
import { componentOf } from './component.js';
import { decide } from './decide.js';
import { changed, newRecord, type RecordChange, type RecordState } from './record-state.js';
import { takeStep, type Step, type StepResult } from './state/checkpoint.js';
import type { Transaction } from './state/open-state.js';
import { keepForSending } from './state/outbox.js';
import { lockProgress, saveProgress } from './state/progress.js';
import { recordsLinked, recordsOf, undecidedRecords, writeRecords } from './state/records.js';

/** What a transaction did. */
export interface TakenIn {
  result: StepResult;
  decisions: MatcherDecision[];
  catchingUp: boolean;
}

/** Takes a batch in: its changes, the checkpoint and the decisions that follow, all in one transaction or not at all. */
export async function takeIn(client: Transaction, writer: number, step: Step, changes: readonly RecordChange[]): Promise<TakenIn> {
  const progress = await lockProgress(client, writer);
  const catchingUp = progress.catchUp !== null;
  const result = await takeStep(client, step);
  if (result !== 'advanced') return { result, decisions: [], catchingUp };
  const records = await changedRecords(client, changes);
  if (catchingUp) {
    await writeRecords(client, records.map((record) => ({ ...record, undecided: true }))); // prettier-ignore
    return { result, decisions: [], catchingUp };
  }
  const decisions = await decided(client, records, progress.lastDecision + 1);
  if (decisions.length > 0) await saveProgress(client, { ...progress, lastDecision: progress.lastDecision + decisions.length });
  return { result, decisions, catchingUp };
}

/**
 * Decides some of what was only remembered while catching up.
 * @returns the decisions, or `done` when nothing waited: catching up is over
 */
export async function decideRemembered(client: Transaction, writer: number, limit: number): Promise<MatcherDecision[] | 'done'> {
  const progress = await lockProgress(client, writer);
  const waiting = await undecidedRecords(client, limit);
  const decisions = await decided(client, waiting, progress.lastDecision + 1);
  const lastDecision = progress.lastDecision + decisions.length;
  await saveProgress(client, { ...progress, lastDecision, catchUp: waiting.length === 0 ? null : progress.catchUp });
  return waiting.length === 0 ? 'done' : decisions;
}

/** The records that the changes make new or different. */
async function changedRecords(client: Transaction, changes: readonly RecordChange[]): Promise<RecordState[]> {
  const subjects = [...new Set(changes.map(({ subject }) => subject))];
  const stored = subjects.length === 0 ? [] : await recordsOf(client, subjects);
  const before = new Map(stored.map((record) => [record.subject, record]));
  const after = new Map(before);
  for (const change of changes) {
    const { subject } = change;
    after.set(subject, changed(after.get(subject) ?? newRecord(subject), change));
  }
  return [...after.values()].filter((record) => record !== before.get(record.subject));
}

async function decided(client: Transaction, records: readonly RecordState[], next: number): Promise<MatcherDecision[]> {
  if (records.length === 0) return [];
  const component = await componentOf(records, (links) => recordsLinked(client, links));
  const decisions = decide(component, next);
  const assigned = new Map(decisions.flatMap((one) => (one.type === 'RecordAssigned' ? [[one.subject, one]] : [])));
  const given = new Set(records.map(({ subject }) => subject));
  const written = component
    .filter(({ subject, undecided }) => given.has(subject) || undecided || assigned.has(subject))
    .map((record) => {
      const { person, reason, decision } = assigned.get(record.subject) ?? record;
      return { ...record, person, reason, decision, undecided: false };
    });
  await writeRecords(client, written);
  await keepForSending(client, decisions);
  return decisions;
}

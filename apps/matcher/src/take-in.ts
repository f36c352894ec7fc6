import type { IdentityDecision } from '#lib/events';
import type { TopicPartition } from '#lib/kafka';
import { compareAnew, type Comparing } from './compare-anew.js';
import type { ComparingBy } from './comparing-by.js';
import { type ChangedRecord, decideAnew, takeChanged } from './decide-anew.js';
import type { UnreadEvent } from './read-events.js';
import { changed, newRecord, type RecordChange, type RecordState } from './record-state.js';
import { takeStep, type Step, type StepResult } from './state/checkpoint.js';
import { waitWhereDiffering } from './state/differing.js';
import type { Transaction } from './state/open-state.js';
import { keepForSending } from './state/outbox.js';
import { lockProgress, type Progress, saveProgress } from './state/progress.js';
import { recordsOf, waitForDeciding, waitingRecords, writeRecords } from './state/records.js';
import { stored, storedSince } from './state/stored.js';
import { forgetUnread, leaveUnread } from './state/unread.js';

/** To let a record wait takes so much less time than to decide it. */
const DIFFERING_PER_DECIDED = 5;

/** What a transaction did. */
export interface TakenIn {
  result: StepResult;
  decisions: IdentityDecision[];
  catchingUp: boolean;
}

/** Takes a batch in: its changes, the checkpoint and the decisions that follow, all in one transaction or not at all. */
export async function takeIn(
  client: Transaction,
  writer: number,
  comparing: ComparingBy,
  step: Step,
  changes: readonly RecordChange[],
): Promise<TakenIn> {
  const progress = await lockProgress(client, writer);
  const catchingUp = progress.catchUp !== null;
  const result = await takeStep(client, step);
  const decisions = result === 'advanced' ? await takeChanges(client, progress, comparing, changes) : [];
  return { result, decisions, catchingUp };
}

/** What could be read of some events whose turn has passed: the checkpoint does not move. @returns the decisions that follow */
export async function takeInAgain(
  client: Transaction,
  writer: number,
  comparing: ComparingBy,
  place: TopicPartition,
  { read, changes, unread }: { read: readonly number[]; changes: readonly RecordChange[]; unread: readonly UnreadEvent[] },
): Promise<IdentityDecision[]> {
  const progress = await lockProgress(client, writer);
  await forgetUnread(client, place, read);
  await leaveUnread(client, place, unread);
  return takeChanges(client, progress, comparing, changes);
}

/** Decides what follows from changes; while catching up, they are only remembered. */
async function takeChanges(
  client: Transaction,
  progress: Progress,
  comparing: ComparingBy,
  changes: readonly RecordChange[],
): Promise<IdentityDecision[]> {
  const records = await changedRecords(client, changes);
  if (progress.catchUp !== null) {
    await remember(client, records.map(({ after }) => after)); // prettier-ignore
    return [];
  }
  const decisions = await takeChanged(
    storedSince(client, progress.candidate),
    comparing.of(progress.model),
    records,
    progress.lastDecision + 1,
  );
  await keepForSending(client, decisions);
  if (decisions.length > 0) await saveProgress(client, { ...progress, lastDecision: progress.lastDecision + decisions.length });
  return decisions;
}

/**
 * Compares, and when everything is compared decides, some of what was only remembered while catching up: in the order of subject tokens, so
 * that the same records give the same decisions with the same numbers.
 * @returns the decisions, or `done` when nothing waited: catching up is over
 */
export async function catchUpStep(
  client: Transaction,
  writer: number,
  comparing: ComparingBy,
  limit: number,
): Promise<IdentityDecision[] | 'done'> {
  const progress = await lockProgress(client, writer);
  const toCompare = await waitingRecords(client, 'compare', limit);
  if (toCompare.length > 0) {
    await compareRemembered(client, comparing.of(progress.model), toCompare.map(({ subject }) => subject)); // prettier-ignore
    return [];
  }
  const decisions = await decideWaiting(client, progress, comparing, limit);
  if (decisions === 'done') await saveProgress(client, { ...progress, catchUp: null });
  return decisions;
}

/**
 * Decides some of what another model would decide otherwise since the matcher has switched to it; what comes meanwhile is decided by it as well.
 * @returns the decisions, or `done` when nothing waited
 */
export async function switchStep(
  client: Transaction,
  writer: number,
  comparing: ComparingBy,
  limit: number,
): Promise<IdentityDecision[] | 'done'> {
  const progress = await lockProgress(client, writer);
  if (progress.catchUp !== null) return 'done';
  if ((await waitWhereDiffering(client, limit * DIFFERING_PER_DECIDED)) > 0) return [];
  return decideWaiting(client, progress, comparing, limit);
}

async function decideWaiting(
  client: Transaction,
  progress: Progress,
  comparing: ComparingBy,
  limit: number,
): Promise<IdentityDecision[] | 'done'> {
  const toDecide = await waitingRecords(client, 'decide', limit);
  if (toDecide.length === 0) return 'done';
  const decisions = await decideAnew(stored(client), comparing.of(progress.model), toDecide, progress.lastDecision + 1);
  await keepForSending(client, decisions);
  await saveProgress(client, { ...progress, lastDecision: progress.lastDecision + decisions.length });
  return decisions;
}

/** The records that the changes make new or different. */
async function changedRecords(client: Transaction, changes: readonly RecordChange[]): Promise<ChangedRecord[]> {
  const subjects = [...new Set(changes.map(({ subject }) => subject))];
  const known = subjects.length === 0 ? [] : await recordsOf(client, subjects);
  const before = new Map(known.map((record) => [record.subject, record]));
  const after = new Map(before);
  for (const change of changes) {
    const { subject } = change;
    after.set(subject, changed(after.get(subject) ?? newRecord(subject), change));
  }
  const records = [...after.values()].map((record) => ({ before: before.get(record.subject), after: record }));
  return records.filter((record) => record.before !== record.after);
}

async function remember(client: Transaction, records: readonly RecordState[]): Promise<void> {
  await stored(client).keepDetails(records);
  await writeRecords(client, records.map((record) => ({ ...record, waiting: 'compare' }))); // prettier-ignore
}

async function compareRemembered(client: Transaction, comparing: Comparing, subjects: readonly string[]): Promise<void> {
  // First, so that they are compared with each other.
  await waitForDeciding(client, subjects, []);
  const { left, erased } = await compareAnew(stored(client), comparing, subjects);
  await waitForDeciding(client, [], left);
  if (erased.length === 0) return;
  const records = (await recordsOf(client, erased)).map((record) => changed(record, { subject: record.subject, kind: 'erased' }));
  await stored(client).keepDetails(records);
  await writeRecords(client, records);
}

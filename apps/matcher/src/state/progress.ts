import type { Transaction } from './open-state.js';

export type Offsets = { partition: number; offset: number }[];

export interface Progress {
  /** The highest decision number given out; 0 before the first. */
  lastDecision: number;
  /** The offsets last announced by a `MatchedUpTo`. */
  announced: Offsets | null;
  /** Set while catching up: nothing is decided before all of these offsets are reached. */
  catchUp: Offsets | null;
  /** Version of the model that decided everything so far; null before the first. */
  model: string | null;
  /** The model that is worked out beside it; whatever is decided anew is marked for it. */
  candidate: number | null;
}

/** Another matcher has become the writer since: this one must write nothing more. */
export class WriterReplacedError extends Error {
  readonly code = 'writer-replaced';
  readonly retriable = false;
  override readonly name = 'WriterReplacedError';
  constructor(expected: number) {
    super(`expected to be writer ${expected}; another matcher has taken over`);
  }
}

/** Becomes the writer; whoever was it before can write nothing more. @returns the writer's number, to be shown at every transaction */
export async function becomeWriter(client: Transaction): Promise<number> {
  const { rows } = await client.query<{ writer: number }>('UPDATE matcher.progress SET writer = writer + 1 RETURNING writer');
  return rows[0]!.writer;
}

/** First statement of every transaction of the writer: they run one after the other, and only while it is still the writer. */
export async function lockProgress(client: Transaction, writer: number): Promise<Progress> {
  const { rows } = await client.query<Progress>(
    `SELECT last_decision AS "lastDecision", announced, catch_up AS "catchUp", model, candidate FROM matcher.progress
     WHERE writer = $1 FOR UPDATE`,
    [writer],
  );
  if (!rows[0]) throw new WriterReplacedError(writer);
  return rows[0];
}

/** Whether nothing is decided yet, without waiting for a transaction that decides. */
export async function isCatchingUp(client: Transaction, writer: number): Promise<boolean> {
  const { rows } = await client.query<{ catchingUp: boolean }>(
    'SELECT catch_up IS NOT NULL AS "catchingUp" FROM matcher.progress WHERE writer = $1',
    [writer],
  );
  if (!rows[0]) throw new WriterReplacedError(writer);
  return rows[0].catchingUp;
}

/** From now on whatever is decided anew is marked for this model; for none where it is null. */
export async function markFor(client: Transaction, candidate: number | null): Promise<void> {
  await client.query('UPDATE matcher.progress SET candidate = $1', [candidate]);
}

export async function saveProgress(
  client: Transaction,
  { lastDecision, announced, catchUp, model }: Omit<Progress, 'candidate'>,
): Promise<void> {
  await client.query('UPDATE matcher.progress SET last_decision = $1, announced = $2, catch_up = $3, model = $4', [
    lastDecision,
    announced && JSON.stringify(announced),
    catchUp && JSON.stringify(catchUp),
    model,
  ]);
}

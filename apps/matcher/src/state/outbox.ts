import type { IdentityDecision, MatchedUpTo } from '#lib/events';
import type { Transaction } from './open-state.js';

interface Row {
  decision: number;
  type: IdentityDecision['type'];
  subject: string | null;
  person: string | null;
  into_person: string | null;
  reason: string | null;
  model_version: string | null;
  offsets: MatchedUpTo['offsets'] | null;
  other: string | null;
  by_role: string | null;
  settings: string | null;
}

/** Keeps decisions for `identity-log`, in the transaction that makes them. */
export async function keepForSending(client: Transaction, decisions: readonly IdentityDecision[]): Promise<void> {
  if (decisions.length === 0) return;
  const column = <T>(value: (decision: IdentityDecision) => T) => decisions.map(value);
  await client.query({
    name: 'keep-for-sending',
    text: `INSERT INTO matcher.outbox (decision, type, subject, person, into_person, reason, model_version, offsets, other, by_role,
             settings)
           SELECT * FROM unnest($1::bigint[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::jsonb[], $9::uuid[], $10::text[],
             $11::text[])`,
    values: [
      column(({ decision }) => decision),
      column(({ type }) => type),
      column((one) => ('subject' in one ? one.subject : null)),
      column((one) => ('person' in one ? one.person : null)),
      column((one) => (one.type === 'PersonRetired' ? one.into : null)),
      column((one) => ('reason' in one ? one.reason : null)),
      column((one) => ('modelVersion' in one ? one.modelVersion : null)),
      column((one) => (one.type === 'MatchedUpTo' ? JSON.stringify(one.offsets) : null)),
      column((one) => ('other' in one ? one.other : null)),
      column((one) => ('by' in one ? one.by : null)),
      column((one) => ('settings' in one ? one.settings : null)),
    ],
  });
}

/** The next decisions to send, in order. */
export async function waitingDecisions(client: Transaction, limit: number): Promise<IdentityDecision[]> {
  const { rows } = await client.query<Row>({
    name: 'waiting-decisions',
    text: 'SELECT * FROM matcher.outbox ORDER BY decision LIMIT $1',
    values: [limit],
  });
  return rows.map(decisionOf);
}

/** Forgets decisions that are in the log for good. */
export async function forgetSent(client: Transaction, upTo: number): Promise<void> {
  await client.query({ name: 'forget-sent', text: 'DELETE FROM matcher.outbox WHERE decision <= $1', values: [upTo] });
}

function decisionOf({
  decision,
  type,
  subject,
  person,
  into_person,
  reason,
  model_version,
  offsets,
  other,
  by_role,
  settings,
}: Row): IdentityDecision {
  if (type === 'RecordAssigned')
    return { type, decision, subject: subject!, person: person!, reason: reason!, modelVersion: model_version! };
  if (type === 'PersonRetired') return { type, decision, person: person!, into: into_person! };
  if (type === 'MatchedUpTo') return { type, decision, offsets: offsets! };
  if (type === 'MatchModelChosen') return { type, decision, modelVersion: model_version!, settings: settings!, by: by_role! };
  return { type, decision, subject: subject!, other: other!, reason: reason!, by: by_role! };
}

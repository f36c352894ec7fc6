import type { Client } from 'pg';
import { type Comparable, comparableFrom } from '#lib/matching';
import { type KeyStore, openText } from '#lib/sealing';
import { NotDoneError } from '../errors.js';

const AT_ONCE = 1_000;
/** Records that stand for a person: neither gone nor replaced by another of their source, which would be a pair that always agrees. */
const STANDING = `matcher.details JOIN matcher.record USING (subject) WHERE NOT gone AND replaced_by IS NULL`;

export async function countMatched(client: Client): Promise<number> {
  const { rows } = await client.query<{ records: number }>(`SELECT count(*)::int AS records FROM ${STANDING}`);
  return rows[0]!.records;
}

/**
 * The first records by their tokens, which are random: always the same, and none more likely than another. Opened as the matcher opens them; nothing is
 * written. Whoever was erased is not among them.
 * @param opened is told how many are open @throws NotDoneError where a key is lost, SealBrokenError
 */
export async function openMatched(
  client: Client,
  keys: Pick<KeyStore, 'keysFor'>,
  most: number,
  opened: (records: number) => void,
): Promise<Comparable[]> {
  await client.query('SET default_transaction_read_only = on');
  const comparables: Comparable[] = [];
  let [after, left] = ['00000000-0000-0000-0000-000000000000', most];
  while (left > 0) {
    const { rows } = await client.query<{ subject: string; sealed: Buffer }>(
      `SELECT subject, sealed FROM ${STANDING} AND subject > $1 ORDER BY subject LIMIT $2`,
      [after, Math.min(left, AT_ONCE)],
    );
    if (rows.length === 0) break;
    const found = await keys.keysFor(rows.map(({ subject }) => subject));
    for (const { subject, sealed } of rows) {
      const key = found.get(subject);
      if (key === undefined || key === 'missing') throw new NotDoneError(`The record ${subject} has neither a data key nor a tombstone: see "The matcher has halted" in deploy/README.md.`); // prettier-ignore
      if (key !== 'erased') comparables.push(comparableFrom(subject, openText(key, sealed)));
    }
    after = rows.at(-1)!.subject;
    left -= rows.length;
    opened(comparables.length);
  }
  return comparables;
}

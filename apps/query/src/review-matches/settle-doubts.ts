import type { Decisive } from './answers.js';
import type { DoubtedPair } from './doubted-pair.js';
import type { Run } from './kept-opinions.js';

/**
 * Settles readers' doubts by the ruling that stewards have given, in its transaction. `same`: the record belongs, and its facts come back. `different`: it is
 * parted from every other record of the person, not from the one it was compared with alone, and its facts stay away until the matcher has parted them.
 */
export async function settleDoubts(
  run: Run,
  { record, others, doubts }: DoubtedPair,
  { ruling, as, reason, steward }: { ruling: string; as: Decisive; reason: string; steward: string },
): Promise<void> {
  const apart = as === 'different' ? others : [];
  await run(SETTLE, [doubts.map(({ id }) => id), as, steward, ruling, apart]);
  await run(PART, [record, apart.slice(1), reason, steward, ruling]);
}

/** A ruling is taken back: so are those that went with it, and the doubts that it settled are open again. */
export async function reopenDoubts(run: Run, ruling: string, { reason, steward }: { reason: string; steward: string }): Promise<void> {
  await run(REOPEN, [ruling]);
  await run(JOIN_AGAIN, [ruling, reason, steward]);
}

const SETTLE = `
  UPDATE decided.doubt SET settled_at = clock_timestamp(), settled_as = $2, settled_by = $3, pair_ruling = $4, apart_from = $5
  WHERE id = ANY ($1::uuid[]) AND settled_at IS NULL`;

const PART = `
  INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward, goes_with)
  SELECT gen_random_uuid(), least($1::uuid, other), greatest($1::uuid, other), 'apart', $3, $4, $5 FROM unnest($2::uuid[]) other`;

const REOPEN = `
  UPDATE decided.doubt settled SET settled_at = NULL, settled_as = NULL, settled_by = NULL, pair_ruling = NULL, apart_from = '{}'
  WHERE pair_ruling = $1 AND NOT EXISTS (
    SELECT FROM decided.doubt again WHERE again.subject = settled.subject AND again.reader = settled.reader AND again.settled_at IS NULL)`;

const JOIN_AGAIN = `
  INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward, goes_with)
  SELECT gen_random_uuid(), one, other, 'none', $2, $3, $1 FROM decided.pair_ruling WHERE goes_with = $1 AND ruling = 'apart'`;

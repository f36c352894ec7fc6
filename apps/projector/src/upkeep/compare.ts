import { z } from 'zod';
import { WrongGenerationError } from '#lib/read-model';
import { compareSchemas } from '../compare/compare-schemas.js';
import { noteComparison } from '../compare/note-comparison.js';
import type { RequestWork } from './request-work.js';

const Arguments = z.strictObject({
  /** Number of the generation to compare with the live one. */
  generation: z.int(),
  /** Share of people, 0 to 1; 1: everything. */
  share: z.number().gt(0).max(1).default(1),
});

/** Compares a generation that keeps up with the live one, and keeps the differences. Exactly this is asked for before a switch. */
export async function compare(work: RequestWork): Promise<Record<string, unknown>> {
  const { generation, share } = Arguments.parse(work.request.arguments);
  const live = work.generations.find(({ state }) => state === 'live');
  const other = work.generations.find(({ id }) => id === generation);
  if (!live || !other || live === other) throw new WrongGenerationError(`Generation ${generation} is not kept up beside the live one.`);
  const subjects = share === 1 ? null : await someSubjects(work, [live.schema, other.schema], share);
  const compared = await compareSchemas(work, { here: live.schema, there: other.schema }, { subjects });
  await noteComparison(work.control, { id: work.request.id, generation: live.id, beside: other.id, share, compared });
  const { rows, differences, undecided } = compared;
  return { live: live.id, generation, share, rows, differences, undecided };
}

const SHARES = 10_000;

/** The records of a share of people, the same people every time; a record that only one side assigns to one of them is among them. */
async function someSubjects({ long }: RequestWork, schemas: readonly string[], share: number): Promise<string[]> {
  const subjects = new Set<string>();
  for (const schema of schemas) {
    const { rows } = await long.query(
      `SELECT subject FROM ${schema}.record_person WHERE (hashtext(person::text)::bigint & 2147483647) % $1 < $2`,
      [SHARES, Math.ceil(share * SHARES)],
    );
    for (const { subject } of rows as { subject: string }[]) subjects.add(subject);
  }
  return [...subjects];
}

import { z } from 'zod';
import type { OffsetRange } from '#lib/kafka';
import { FOLD_VERSION, type ListedGeneration, tables, WrongGenerationError } from '#lib/read-model';
import { isUuid } from '#lib/runtime';
import { BatchWriter } from '../apply.js';
import { compareSchemas, type SchemasCompared } from '../compare/compare-schemas.js';
import type { DifferingRow } from '../compare/compare-table.js';
import { noteComparison } from '../compare/note-comparison.js';
import { applyAgain } from './apply-again.js';
import { foldFacts } from './fold-facts.js';
import { readLogs } from './read-logs.js';
import type { RequestWork } from './request-work.js';
import { makeScratch } from './scratch.js';

const Arguments = z.strictObject({ people: z.int().min(1).max(10_000).default(50) });
const CHECKED = [tables.record, tables.involvement, tables.relationship, tables.recordPerson, tables.assignedOnce];

/** Folds random people from the log once more, into a schema of its own, and compares them with what readers see. */
export async function check(work: RequestWork): Promise<Record<string, unknown>> {
  const { people } = Arguments.parse(work.request.arguments);
  const live = work.generations.find(({ state }) => state === 'live');
  if (live?.foldVersion !== FOLD_VERSION) throw new WrongGenerationError(`The live generation is not of fold version ${FOLD_VERSION}.`);
  const subjects = await randomSubjects(work, live, people);
  const scratch = await makeScratch(work);
  try {
    const compared = await foldAndCompare(work, live, scratch, subjects);
    await noteComparison(work.control, { id: work.request.id, generation: live.id, beside: null, share: 0, compared });
    const { rows, differences, undecided } = compared;
    return { people, rows, differences, undecided };
  } finally {
    await work.writing.query(`DROP SCHEMA ${scratch} CASCADE`);
  }
}

/** Folds the records' events into the scratch schema, and what is in doubt once more, up to where the live generation stands then. */
async function foldAndCompare(
  work: RequestWork,
  live: ListedGeneration,
  scratch: string,
  subjects: readonly string[],
): Promise<SchemasCompared> {
  const writer = new BatchWriter(work.writing, scratch);
  const wanted = new Set(subjects);
  const foldOn = () =>
    goOn(work, live, scratch, async (batch) => {
      const own = batch.messages.filter(({ key }) => isUuid(key) && wanted.has(key));
      if (own.length > 0) await applyAgain(work.logs, writer, batch, own, async () => undefined);
    });
  const foldFactsOf = async (rows: readonly DifferingRow[]) => {
    const facts = rows.filter(({ table }) => table === 'involvement' || table === 'relationship');
    if (facts.length === 0) return;
    await readLogs(work, await foldedRanges(work, scratch), async (batch) => {
      const fold = await foldFacts(work.logs, batch, facts);
      if (fold) await writer.inTransaction((client) => writer.writeRows(client, fold));
    });
  };
  await foldOn();
  return compareSchemas(
    work,
    { here: live.schema, there: scratch },
    {
      subjects,
      tables: CHECKED,
      between: async (rows) => {
        await foldOn();
        // A fact that was moved from or to another record has a part of its history there.
        await foldFactsOf(rows);
      },
    },
  );
}

/** Reads from where the scratch schema stands to where the live generation does, and notes that. */
async function goOn(work: RequestWork, live: ListedGeneration, scratch: string, apply: Parameters<typeof readLogs>[2]): Promise<void> {
  const [from, to] = [await foldedRanges(work, scratch), await foldedRanges(work, live.schema)];
  const begins = new Map(from.map((range) => [`${range.topic}/${range.partition}`, range.to]));
  await readLogs(work, to.map((range) => ({ ...range, from: begins.get(`${range.topic}/${range.partition}`) ?? 0 })), apply); // prettier-ignore
  for (const { topic, partition, to: next } of to)
    await work.writing.query(
      `INSERT INTO ${scratch}.checkpoint (topic, partition, next_offset) VALUES ($1, $2, $3)
       ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
      [topic, partition, next],
    );
}

/** What a generation has folded of each partition. */
async function foldedRanges({ writing }: RequestWork, schema: string): Promise<OffsetRange[]> {
  const { rows } = await writing.query(`SELECT topic, partition, 0::bigint AS "from", next_offset AS "to" FROM ${schema}.checkpoint`);
  return rows as OffsetRange[];
}

async function randomSubjects({ long }: RequestWork, { schema }: ListedGeneration, people: number): Promise<string[]> {
  const { rows } = await long.query(
    `SELECT subject FROM ${schema}.record_person
     WHERE person IN (SELECT person FROM (SELECT DISTINCT person FROM ${schema}.record_person) AS known ORDER BY random() LIMIT $1)`,
    [people],
  );
  return (rows as { subject: string }[]).map(({ subject }) => subject);
}

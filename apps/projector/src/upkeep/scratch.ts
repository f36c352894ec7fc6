import { createGenerationTables, lockRequestForTransaction } from '#lib/read-model';
import { BatchWriter } from '../apply.js';
import type { RequestWork } from './request-work.js';

/** The schema that holds what a check folds is named by its request: whoever holds that one's lock may make and drop it. */
const scratchOf = (request: string) => `check_${request.replaceAll('-', '_')}`;
const requestOf = (scratch: string) => scratch.replace('check_', '').replaceAll('_', '-');

/** An empty schema for this check. What killed checks left behind, this one or others, goes first. @returns its name */
export async function makeScratch({ request, writing }: Pick<RequestWork, 'request' | 'writing'>): Promise<string> {
  const own = scratchOf(request.id);
  const { rows } = await writing.query(`SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'check\\_%' AND nspname <> $1`, [own]);
  for (const { name } of rows as { name: string }[])
    await new BatchWriter(writing, name).inTransaction(async (client) => {
      if (await lockRequestForTransaction(client, requestOf(name))) await client.query(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
    });
  await writing.query(`DROP SCHEMA IF EXISTS ${own} CASCADE`);
  await createGenerationTables(writing, own);
  return own;
}

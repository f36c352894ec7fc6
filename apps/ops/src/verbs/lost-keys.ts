import { Command } from 'nest-commander';
import { liveGeneration, type ReadModelPool } from '#lib/read-model';
import type { KeyStore } from '#lib/sealing';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inMatcher } from '../in-matcher.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';
import { withDataKeys } from '../with-data-keys.js';

const AT_ONCE = 1_000;

@Command({
  name: 'lost-keys',
  description:
    'Leaves a tombstone for every record whose key is gone for good: what it has in the log counts as erased. Sent again, it comes under a new key.',
})
export class LostKeysVerb extends ChangingVerb {
  protected override readonly examples = {
    'lost-keys --dry-run': 'how many records have neither a key nor a tombstone, and whose they are; changes nothing',
    'lost-keys --reason "the key store of 3 June is gone"': 'nobody can ever read again what these records have in the log',
  };

  async run(_: string[], options: ChangeOptions): Promise<void> {
    const dryRun = options.dryRun ?? false;
    const reason = dryRun ? '' : reasonOf(options);
    const sources = await inReadModel(sourceOfEach);
    const matched = await inMatcher(async (client) => (await client.query<{ subject: string }>('SELECT subject FROM matcher.record')).rows);
    const subjects = [...new Set([...sources.keys(), ...matched.map(({ subject }) => subject)])];
    process.exitCode = await withDataKeys(async (keys) => {
      const gone = await goneAmong(keys, subjects);
      const found = {
        records: subjects.length,
        lost: gone.length,
        bySource: countedBy(gone.map((subject) => sources.get(subject) ?? 'unknown')),
      };
      if (!dryRun && gone.length > 0)
        await onRecord('lost-keys', reason, found, async () => {
          for (const subject of gone) await keys.erase(subject);
        });
      tell({ ...found, dryRun }, linesOf(found, dryRun), options);
      return dryRun && gone.length > 0 ? LOOK_AT_THIS : DONE;
    });
  }
}

interface Found {
  records: number;
  lost: number;
  /** How many of those each source has; `unknown` where the read model does not say whose they are. */
  bySource: Record<string, number>;
}

function linesOf({ records, lost, bySource }: Found, dryRun: boolean): string[] {
  const found = `${lost} of ${records} records have neither a key nor a tombstone.`;
  if (lost === 0) return [found];
  return [
    found,
    ...Object.entries(bySource).map(([source, count]) => `  ${source}: ${count}`),
    dryRun
      ? 'Each would get a tombstone. Is there no copy of the key store that has their keys?'
      : 'Each has a tombstone now. Ask these sources to send everything again; then build the read model anew, which leaves out what was lost.',
  ];
}

async function goneAmong(keys: KeyStore, subjects: string[]): Promise<string[]> {
  const gone: string[] = [];
  for (let at = 0; at < subjects.length; at += AT_ONCE) gone.push(...(await keys.goneAmong(subjects.slice(at, at + AT_ONCE))));
  return gone;
}

function countedBy(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** The source of each record that readers see; null of one that is parked for want of a key. */
async function sourceOfEach(pool: ReadModelPool): Promise<Map<string, string | null>> {
  const { schema } = await liveGeneration(pool);
  const { rows } = await pool.query<{ subject: string; source: string | null }>(`
    SELECT subject, r.source FROM ${schema}.record r
    FULL JOIN (SELECT DISTINCT subject FROM ${schema}.parked WHERE code = 'key-missing' AND subject IS NOT NULL) p USING (subject)`);
  return new Map(rows.map(({ subject, source }) => [subject, source]));
}

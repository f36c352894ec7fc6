import { Command } from 'nest-commander';
import { liveGeneration, type ReadModelPool } from '#lib/read-model';
import { readSettings, settings } from '#lib/runtime';
import { KeyStore, type SourceRecord } from '#lib/sealing';
import { saidOfDatabase } from '../away.js';
import { opsEnvironment } from '../environment.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inMatcher } from '../in-matcher.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

@Command({
  name: 'lost-keys',
  description: 'Leaves a tombstone for every record whose key is gone for good: it is erased, and refused from then on.',
})
export class LostKeysVerb extends ChangingVerb {
  protected override readonly examples = {
    'lost-keys --dry-run': 'how many records have neither a key nor a tombstone; changes nothing',
    'lost-keys --reason "the key store of 3 June is gone"': 'nobody can ever read again what these records have in the log',
  };

  async run(_: string[], options: ChangeOptions): Promise<void> {
    const dryRun = options.dryRun ?? false;
    const reason = dryRun ? '' : reasonOf(options);
    const known = await inReadModel(knownRecords);
    const matched = await inMatcher(async (client) => (await client.query<{ subject: string }>('SELECT subject FROM matcher.record')).rows);
    const subjects = new Set([...known.keys(), ...matched.map(({ subject }) => subject)]);
    process.exitCode = await inKeyStore(async (keys) => {
      const kept = await keys.keysFor(subjects);
      const lost = [...subjects].filter((subject) => kept.get(subject) === 'missing');
      const counts = { records: subjects.size, lost: lost.length, nameless: lost.filter((subject) => !known.get(subject)).length };
      if (!dryRun && lost.length > 0)
        await onRecord('lost-keys', reason, counts, async () => {
          for (const subject of lost) await keys.erase(subject, known.get(subject));
        });
      tell({ ...counts, dryRun }, linesOf(counts, dryRun), options);
      return dryRun && lost.length > 0 ? LOOK_AT_THIS : DONE;
    });
  }
}

function linesOf({ records, lost, nameless }: Record<'records' | 'lost' | 'nameless', number>, dryRun: boolean): string[] {
  const found = `${lost} of ${records} records have neither a key that can be used nor a tombstone.`;
  if (lost === 0) return [found];
  return [
    found,
    dryRun ? 'Each would get a tombstone. Is there no copy of the key store that has their keys?' : 'Each has a tombstone now.',
    ...(nameless > 0 ? [`Of ${nameless} nothing says which record they are: sent again, they come under a new key.`] : []),
  ];
}

/** The records that readers see or that are parked for want of a key, and which record of its source each is where that is known. */
async function knownRecords(pool: ReadModelPool): Promise<Map<string, SourceRecord | undefined>> {
  const { schema } = await liveGeneration(pool);
  const { rows } = await pool.query<{ subject: string; source: string | null; recordId: string | null }>(`
    SELECT subject, r.source, r.record_id AS "recordId" FROM ${schema}.record r
    FULL JOIN (SELECT DISTINCT subject FROM ${schema}.parked WHERE code = 'key-missing' AND subject IS NOT NULL) p USING (subject)`);
  return new Map(rows.map(({ subject, source, recordId }) => [subject, source && recordId ? { source, recordId } : undefined]));
}

/** @throws AwayError where it can't be reached */
async function inKeyStore<Result>(work: (keys: KeyStore) => Promise<Result>): Promise<Result> {
  const { url, ...secrets } = readSettings(
    { url: settings.keyStoreUrl, keyEncryptionKey: settings.keyEncryptionKey, lookupSecret: settings.keyLookupSecret },
    opsEnvironment(),
  );
  try {
    const keys = await KeyStore.open({ url, ...secrets });
    try {
      return await work(keys);
    } finally {
      await keys.close();
    }
  } catch (error) {
    throw saidOfDatabase('the key store', (error as Error).cause ?? error);
  }
}

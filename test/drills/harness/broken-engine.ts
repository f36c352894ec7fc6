import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Breakage {
  what: string;
  /** Compiled file, under dist. */
  file: string;
  find: string;
  put: string;
  /** Drills that must notice. */
  noticedBy: string[];
}

const PROJECTOR = 'apps/projector/src';

/** Mistakes somebody could make in the engine, each as one change of its compiled text. */
export const BREAKAGES: Record<string, Breakage> = {
  'skip-compare-and-set': {
    what: 'the checkpoint is set without being compared',
    file: `${PROJECTOR}/checkpoint.js`,
    find: 'AND next_offset = $3 RETURNING',
    put: 'AND $3::bigint IS NOT NULL RETURNING',
    noticedBy: ['stopped-and-woken'],
  },
  'offset-first': {
    what: 'the checkpoint is committed before the rows, in a transaction of its own',
    file: `${PROJECTOR}/apply.js`,
    find: "await Promise.all([client.query('BEGIN'), takeStep(client, this.schema, batch.step)])",
    put: "[undefined, await takeStep(this.pool, this.schema, batch.step), await client.query('BEGIN')]",
    noticedBy: ['kill-around-the-transaction'],
  },
  'forget-guard': {
    what: 'the upsert overwrites newer registers',
    file: 'libs/read-model/src/upsert-statement.js',
    find: "`${version('excluded', register)} > ${version('held', register)}`",
    put: "'true'",
    noticedBy: ['duplicates'],
  },
  'drop-parked': {
    what: 'what can’t be read is passed by without being held',
    file: `${PROJECTOR}/apply.js`,
    find: 'if (parked.length > 0)',
    put: 'if (parked.length < 0)',
    noticedBy: ['poison'],
  },
  'believe-the-log': {
    what: 'the message before the checkpoint is not looked at',
    file: 'libs/kafka/src/consume-batch.js',
    find: 'if (!there)',
    put: 'if (false)',
    noticedBy: ['topic-made-again'],
  },
};

/** Copies the compiled engine beside dist and makes the mistake there. @returns the folder to run instead of dist */
export function brokenEngine(name: string): string {
  const breakage = BREAKAGES[name];
  if (!breakage) throw new Error(`--break takes ${Object.keys(BREAKAGES).join(', ')}, not ${name}`);
  const folder = join('.cache', `broken-${name}`);
  rmSync(folder, { recursive: true, force: true });
  for (const part of [join('apps', 'projector'), 'libs']) cpSync(join('dist', part), join(folder, 'dist', part), { recursive: true });
  // `#lib/…` is looked up in the nearest package.json: the libs must be the copied ones.
  cpSync('package.json', join(folder, 'package.json'));
  const file = join(folder, 'dist', breakage.file);
  const text = readFileSync(file, 'utf8');
  if (text.split(breakage.find).length !== 2) throw new Error(`${name}: ${breakage.file} no longer holds ${breakage.find} exactly once`);
  writeFileSync(
    file,
    text.replace(breakage.find, () => breakage.put),
  );
  return join(folder, 'dist');
}

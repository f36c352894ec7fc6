import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ops } from '../../../test/support/ops.js';
import { GROUPS } from './help.js';

const verbs = readdirSync(join(import.meta.dirname, 'verbs'))
  .filter((file) => !file.includes('.spec.'))
  .map((file) => file.replace('.ts', ''));
/** `prepare` makes the audit store itself, and is safe to repeat. */
const changing = verbs.filter((verb) =>
  / extends (ChangingVerb|ParkedChoiceVerb) /.test(readFileSync(join(import.meta.dirname, 'verbs', `${verb}.ts`), 'utf8')),
);

/** Nothing is needed to be told how a verb is used. */
const env = {};

describe('The list of verbs', () => {
  it('names every verb once, in a group, with one line', async () => {
    expect(Object.values(GROUPS).flat().sort()).toEqual([...verbs].sort());
    const { text, code } = await ops(env, '--help');
    expect(code).toBe(0);
    for (const verb of verbs) expect(text).toMatch(new RegExp(`^  ${verb} +\\S.{20,}$`, 'm'));
  });
});

it('The runbook’s table of verbs has every verb', () => {
  const runbook = readFileSync(join(import.meta.dirname, '../../../deploy/README.md'), 'utf8');
  const named = [...runbook.matchAll(/^\| (`.*?) +\| /gm)].flatMap(([, cell]) => [...cell!.matchAll(/`(\S+?)`/g)].map(([, name]) => name));
  for (const verb of verbs) expect(named).toContain(verb);
});

describe.each(verbs)('The verb %s', (verb) => {
  it('explains itself with examples, exit codes and --json', async () => {
    const { text, code } = await ops(env, verb, '--help');
    expect(code).toBe(0);
    expect(text).toContain(`Usage: npm run ops -- ${verb}`);
    expect(text).toContain('--json');
    expect(text).toMatch(new RegExp(`Examples:\n  npm run ops -- ${verb}`));
    expect(text).toContain('3  done, and somebody should look');
  });

  it('refuses an option it does not know', async () => {
    const { failure, code } = await ops(env, verb, '--frobnicate');
    expect(code).toBe(1);
    expect(failure).toContain("unknown option '--frobnicate'");
  });
});

/** Options with which a verb would act. */
const ENOUGH: Record<string, string[]> = {
  accept: ['--alarm', 'source-dropped'],
  switch: ['--to', '1'],
  drop: ['--generation', '1'],
  redrive: ['--all'],
  requests: ['--cancel', '01234567-89ab-cdef-0123-456789abcdef'],
  discard: ['--all'],
  rehearse: ['--noise'],
  replay: ['--all', '--yes'],
  reconcile: ['--source', 'mosaic', '--extract', 'package.json'],
  snapshots: ['--approve', 'mosaic', '--gone', '1'],
  sessions: ['--revoke-all'],
  alerts: ['--seen', '01234567-89ab-cdef-0123-456789abcdef'],
  restrict: ['--person', '01234567-89ab-cdef-0123-456789abcdef'],
  unrestrict: ['--decision', '01234567-89ab-cdef-0123-456789abcdef'],
  declarations: ['--withdraw', '01234567-89ab-cdef-0123-456789abcdef'],
  problems: ['--escalate'],
  feedback: ['--remove', '01234567-89ab-cdef-0123-456789abcdef'],
};

describe.each(changing)('The verb %s, which changes something,', (verb) => {
  it('wants a reason and can be tried dry', async () => {
    const { text } = await ops(env, verb, '--help');
    expect(text).toContain('--reason');
    expect(text).toContain('--dry-run');
    const { failure, code } = await ops(env, verb, ...(ENOUGH[verb] ?? []));
    expect([code, failure]).toEqual([1, expect.stringContaining('Say why: --reason')]);
  });
});

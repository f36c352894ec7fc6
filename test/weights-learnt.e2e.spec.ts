/** The live model printed, and weights learnt from the records the matcher holds, as typed. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { readAudit } from '#lib/audit';
import { DEFAULT_MODEL, type MatchSettings } from '#lib/matching';
import type { Running } from '#lib/runtime';
import { startMatcher } from '../apps/matcher/src/start.js';
import { appEnv } from './support/app-env.js';
import { eventually } from './support/eventually.js';
import { matchModelFile } from './support/match-model.js';
import { ops } from './support/ops.js';
import { known } from './support/people-hard-to-match.js';
import { ProposedModels } from './support/proposed-models.js';
import { saidAfter } from './support/said-by-matcher.js';
import { SealedLog } from './support/sealed-log.js';

const PEOPLE = 320;
const LETTERS = 'bdfgklmnprst';

let env: Record<string, string>;
let log: SealedLog;
let models: ProposedModels;
let matcher: Running | undefined;

beforeAll(async () => {
  env = await appEnv();
  log = await SealedLog.open(env);
  matcher = await startMatcher(env);
  models = await ProposedModels.open(env.MATCHER_URL!);
}, 120_000);
afterAll(async () => {
  await matcher?.stop();
  await models?.close();
  await log?.close();
});

const model = (...args: string[]) => ops(env, 'match', 'model', ...args);
const newFile = () => join(mkdtempSync(join(tmpdir(), 'weights-')), 'trained.json');
const levelOf = (settings: MatchSettings, comparison: string, level: string) => {
  const { comparison_levels: levels } = settings.comparisons.find(({ output_column_name: name }) => name === comparison)!;
  const { m_probability: m, u_probability: u } = levels.find(({ label_for_charts: label }) => label === level)!;
  return { m, bits: Math.log2(m! / u!) };
};

/** A number whose check digit is right. */
function nhsNumber(at: number): string {
  const nine = String(400_000_000 + at * 37);
  const check = (11 - (Array.from(nine).reduce((sum, digit, place) => sum + Number(digit) * (10 - place), 0) % 11)) % 11;
  return check === 10 ? nhsNumber(at + 1000) : `${nine}${check}`;
}

/** Of every tenth the second source has another family name. */
const person = (at: number, second: boolean) => ({
  family: second && at % 10 === 0 ? 'Quillfeather' : `Br${'aeiou'[at % 5]}${LETTERS[at % 12]}an`,
  given: `Si${LETTERS[Math.floor(at / 12) % 12]}o${LETTERS[Math.floor(at / 144) % 12]}`,
  born: `${1950 + (at % 60)}-0${1 + (at % 9)}-${10 + (at % 19)}`,
  postcode: `NB${1 + (at % 9)} ${at % 10}AA`,
  nhs: nhsNumber(at),
});

test('too few records teach nothing', async () => {
  await eventually('the matcher had its tables', () => models.client.query('SELECT FROM matcher.model').catch(() => false));
  const { code, failure } = await model('--train', newFile(), '--reason', 'a year of records');
  expect([code, failure]).toEqual([1, expect.stringContaining('The matcher holds 0 records')]);
});

test('the live model is printed before any was chosen, and a file that is not the matcher’s is refused', async () => {
  await saidAfter(env, await log.publish(Array.from({ length: PEOPLE }, (_, at) => [known('mosaic', `m${at}`, 1, person(at, false)), known('cis', `c${at}`, 1, person(at, true))]).flat())); // prettier-ignore
  const { code, text, failure } = await model('--print');
  expect([code, JSON.parse(text), failure]).toEqual([0, DEFAULT_MODEL, '']);
  const other = await ops({ ...env, MATCH_MODEL_FILE: matchModelFile({ model_version: 'other-1' }) }, 'match', 'model', '--print');
  expect([other.code, other.failure]).toEqual([1, expect.stringMatching(/decides by default-1\+\w+, and MATCH_MODEL_FILE names other-1/)]);
}, 120_000);

test('printed and proposed unchanged it is the same model, and changes nothing', async () => {
  const file = newFile();
  writeFileSync(file, (await model('--print')).text);
  expect((await model('--propose', file, '--reason', 'unchanged')).code).toBe(0);
  await models.untilBuilt();
  const { rows } = await models.client.query('SELECT version = (SELECT model FROM matcher.progress) AS same FROM matcher.model');
  expect(rows).toEqual([{ same: true }]);
  const compared = await model('--compare', '--json');
  expect([compared.code, JSON.parse(compared.text)]).toMatchObject([0, { counts: { joinsLost: 0, joinsGained: 0, moved: 0 }, pairs: [] }]);
  expect((await model('--drop', '--reason', 'it is the live one')).code).toBe(0);
}, 120_000);

test('weights are learnt from what is held, on record, the same each time, and what is written can be proposed and tells of nobody', async () => {
  expect((await model('--train', newFile(), '--dry-run')).text).toBe(
    `Weights would be learnt from ${2 * PEOPLE} of ${2 * PEOPLE} records.`,
  );
  expect((await model('--train', newFile())).failure).toContain('Say why: --reason');
  const [file, again] = [newFile(), newFile()];
  const said = await model('--train', file, '--reason', 'a year of records');
  expect([said.code, said.text]).toEqual([0, expect.stringContaining(`learnt from 640 of 640 records: ${PEOPLE} pairs of one number`)]);
  const onRecord = (await readAudit(env.AUDIT_URL!, { last: 1 }))[0];
  expect(onRecord).toMatchObject({ action: 'operated', reason: 'a year of records', shown: { verb: 'match model/train', records: 640 } });

  const written = readFileSync(file, 'utf8');
  const learnt = JSON.parse(written) as MatchSettings;
  expect(learnt.model_version).toMatch(/^trained-[0-9a-f]{8}$/);
  expect(Object.keys(learnt)).toEqual(Object.keys(DEFAULT_MODEL));
  expect(written).not.toMatch(/Br[aeiou]|Quill|NB\d|19\d\d-|\d{10}"/i);
  // One in ten pairs of one person has another family name.
  expect(levelOf(learnt, 'family_name', 'different').m).toBeCloseTo(0.1, 1);
  expect(levelOf(learnt, 'date_of_birth', 'same').bits).toBeGreaterThan(5);
  expect(levelOf(learnt, 'given_name', 'different').bits).toBeLessThan(-3);

  await model('--train', again, '--reason', 'once more');
  expect(readFileSync(again, 'utf8')).toBe(written);
  expect((await model('--train', again, '--reason', 'over it')).failure).toContain('is there already');
  expect((await model('--propose', file, '--dry-run')).text).toContain(`Nothing is wrong with ${learnt.model_version}`);
}, 120_000);

test('a key that is lost stops it', async () => {
  const { rows } = await models.client.query<{ subject: string }>('SELECT subject FROM matcher.details ORDER BY subject LIMIT 1');
  const keys = new Client({ connectionString: env.KEY_STORE_URL! });
  await keys.connect();
  await keys.query('DELETE FROM data_key WHERE subject = $1', [rows[0]!.subject]);
  await keys.end();
  const { code, failure } = await model('--train', newFile(), '--reason', 'x');
  expect([code, failure]).toEqual([1, expect.stringContaining('has neither a data key nor a tombstone')]);
});

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { matchModelFile } from '../../../test/support/match-model.js';
import { known, MOTHER } from '../../../test/support/people-hard-to-match.js';
import { recorded } from '../../../test/support/recorded-person.js';
import { rule as ruleByHand } from '../../../test/support/rule-by-hand.js';
import { saidAfter, SaidByMatcher } from '../../../test/support/said-by-matcher.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { startMatcher } from './start.js';

let env: Record<string, string>;
let log: SealedLog;
let matcher: Running | undefined;

beforeEach(async () => {
  env = await appEnv();
  log = await SealedLog.open(env);
});
afterEach(async () => {
  await matcher?.stop();
  await log.close();
});

const start = async (changes: Record<string, string> = {}) => {
  await matcher?.stop();
  matcher = await startMatcher({ ...env, ...changes });
};
const rule = (one: string, other: string, ruling: 'together' | 'apart' | 'none') => ruleByHand(env, one, other, ruling);
const saidTypes = ({ all }: SaidByMatcher) => all.map(({ decision }) => decision.type);
const until = (what: string, holds: (said: SaidByMatcher) => boolean) =>
  eventually(what, async () => {
    const said = await SaidByMatcher.read(env);
    return holds(said) && said;
  });

test('a steward parts what was joined and joins what was apart, and taking that back leaves it to the records again', async () => {
  await start();
  const at = await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER), recorded('synergy', 'c', 1)]);
  const [a, b, c] = at.map(({ subject }) => subject) as [string, string, string];
  expect((await saidAfter(env, at)).peopleAmong([a, b])).toBe(1);

  await rule(b, a, 'apart');
  await until('a and b were parted', (said) => said.peopleAmong([a, b]) === 2);
  await rule(a, c, 'together');
  const joined = await until('a and c were joined', (said) => said.peopleAmong([a, c]) === 1);
  expect(joined.reasons.get(c)).toBe('kept-together');
  const ruling = joined.all.find(({ decision }) => decision.type === 'RecordsKeptApart')!.decision;
  expect(ruling).toMatchObject({ subject: [a, b].sort()[0], other: [a, b].sort()[1], reason: 'seen-both', by: 'data-steward' });

  await rule(a, b, 'none');
  await rule(c, a, 'none');
  const after = await until('all was as before', (said) => said.peopleAmong([a, b]) === 1 && said.peopleAmong([a, c]) === 2);
  expect(saidTypes(after)).toEqual(expect.arrayContaining(['RecordsKeptApartRevoked', 'RecordsKeptTogetherRevoked']));
});

test('what stewards decided outlives a lost state', async () => {
  await start();
  const at = await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER)]);
  const subjects = at.map(({ subject }) => subject);
  await saidAfter(env, at);
  await rule(subjects[0]!, subjects[1]!, 'apart');
  const before = await until('they were parted', (said) => said.peopleAmong(subjects) === 2);
  await start({ MATCHER_URL: await freshDatabase('matcher') });
  const after = await saidAfter(env, await log.publish([recorded('mosaic', 'x', 1)]));
  expect(subjects.map((subject) => after.people.get(subject))).toEqual(subjects.map((subject) => before.people.get(subject)));
});

test('another model decides everything again, under its own version, and the first brings back what was', async () => {
  const strict = { model_version: 'strict-1', zones: { join: 90, review: 80, sensitive: { join: 90, review: 80 } } };
  await start();
  const at = await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER)]);
  const subjects = at.map(({ subject }) => subject);
  const first = await saidAfter(env, at);
  expect(first.peopleAmong(subjects)).toBe(1);

  await start({ MATCH_MODEL_FILE: matchModelFile(strict) });
  const parted = await saidAfter(env, await log.publish([recorded('mosaic', 'x', 1)]));
  expect(parted.peopleAmong(subjects)).toBe(2);
  const versions = new Set(parted.all.map(({ decision }) => (decision.type === 'RecordAssigned' ? decision.modelVersion : undefined)));
  expect([...versions].flatMap((version) => version?.split('+')[0] ?? []).toSorted()).toEqual(['default-1', 'strict-1']);

  await start();
  const again = await saidAfter(env, await log.publish([recorded('mosaic', 'y', 1)]));
  expect(again.peopleAmong(subjects)).toBe(1);
  // Which of the two ids leads may have turned; the other leads there.
  const [before, after] = [first.people.get(subjects[0]!)!, again.people.get(subjects[0]!)!];
  expect([before, again.redirects.get(before)]).toContain(after);
});

test('of too many records that hang together none is joined, which is measured, until they are fewer', async () => {
  await start({ MATCH_MODEL_FILE: matchModelFile({ largest_component: 2 }) });
  const said = await saidAfter(env, await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER)]));
  const [a, b] = [...said.people.keys()];
  expect(said.peopleAmong([a!, b!])).toBe(1);
  const [third] = await log.publish([known('synergy', 'c', 1, MOTHER)]);
  const apart = await saidAfter(env, [third!]);
  expect(apart.peopleAmong([a!, b!, third!.subject])).toBe(3);
  expect(new Set(apart.reasons.values())).toEqual(new Set(['too-many-alike']));
  await eventually('that is measured', async () => (await tooManyAlike()) === 3);
  const fewer = await saidAfter(env, await log.publish([recorded('synergy', 'c', 2)]));
  expect(fewer.peopleAmong([a!, b!])).toBe(1);
  await eventually('that is measured', async () => (await tooManyAlike()) === 0);
});

const tooManyAlike = async () => Number(/^matcher_records_too_many_alike\S* (\d+)$/m.exec(await (await fetch(`${matcher!.url}/metrics`)).text())?.[1]); // prettier-ignore

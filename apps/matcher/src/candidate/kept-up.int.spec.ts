import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DEFAULT_MODEL } from '#lib/matching';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { matchModelFile } from '../../../../test/support/match-model.js';
import { known } from '../../../../test/support/people-hard-to-match.js';
import { ProposedModels, STRICT } from '../../../../test/support/proposed-models.js';
import { recorded } from '../../../../test/support/recorded-person.js';
import { saidAfter, type SaidByMatcher } from '../../../../test/support/said-by-matcher.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { startMatcher } from '../start.js';

let env: Record<string, string>;
let log: SealedLog;
let models: ProposedModels;
let matcher: Running;

beforeEach(async () => {
  env = await appEnv({ MATCH_MODEL_FILE: matchModelFile(STRICT) });
  log = await SealedLog.open(env);
  models = await ProposedModels.open(env.MATCHER_URL!);
  matcher = await startMatcher(env);
});
afterEach(async () => {
  await matcher.stop();
  await models.close();
  await log.close();
});

const SOMEBODY = {
  freed: { family: 'Brennan', given: 'Siobhan', born: '1988-06-21', postcode: 'NB4 2AA' },
  parted: { family: 'Okafor', given: 'Tunde', born: '1979-11-30', postcode: 'LS1 4AP' },
  one: { family: 'Kowalska', given: 'Zofia', born: '1965-02-03', postcode: 'M1 1AE' },
  other: { family: 'Hussain', given: 'Imran', born: '2004-08-17', postcode: 'B33 8TH' },
  late: { family: 'Adeyemi', given: 'Grace', born: '1951-10-09', postcode: 'CR2 6XH' },
};

/** Somebody whom two sources know alike, and who is like nobody else: the strict model has them for two, the built-in one for one. */
const twice = async (who: keyof typeof SOMEBODY): Promise<[string, string]> => {
  const person = SOMEBODY[who];
  const [one, other] = await log.publish(['mosaic', 'cis'].map((source) => known(source, who, 1, person)));
  return [one!.subject, other!.subject];
};
const more = async (recordId: string) => saidAfter(env, await log.publish([recorded('mosaic', recordId, 1)]));

async function rule([one, other]: readonly [string, string], ruling: 'together' | 'apart' | 'none'): Promise<void> {
  const { rows } = await models.client.query<{ id: string }>(
    `INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role) VALUES (gen_random_uuid(), $1, $2, $3, 'seen-both', 'data-steward') RETURNING id`,
    [one, other, ruling],
  );
  await eventually('it was taken in', async () => (await models.client.query('SELECT FROM matcher.ruling_request WHERE id = $1 AND decision IS NOT NULL', [rows[0]!.id])).rowCount === 1); // prettier-ignore
}

test('what comes and what stewards rule once a model is built is worked out by it as well: switched to, it has the people whom a matcher makes of both logs that begins with it', async () => {
  const [freed, parted, unlike] = [await twice('freed'), await twice('parted'), [(await twice('one'))[0], (await twice('other'))[0]] as const]; // prettier-ignore
  await more('x1');
  await rule(freed, 'apart');
  await models.propose(DEFAULT_MODEL);
  await models.untilBuilt();
  expect([await models.wouldBeOne(...freed), await models.wouldBeOne(...parted)]).toEqual([false, true]);

  const late = await twice('late');
  expect((await more('x2')).peopleAmong(late)).toBe(2);
  await rule(freed, 'none');
  await rule(parted, 'apart');
  await rule(unlike, 'together');
  await models.untilBuilt();
  await models.approve();
  expect(await models.ask('switch')).toBe('live');
  await eventually('all was decided and said', () => models.isSettled());
  const switched = await more('x3');
  const pairs = { freed, parted, unlike: [...unlike], late };
  const among = (said: SaidByMatcher) => Object.fromEntries(Object.entries(pairs).map(([name, pair]) => [name, said.peopleAmong(pair)])); // prettier-ignore
  expect(among(switched)).toEqual({ freed: 1, parted: 2, unlike: 1, late: 1 });

  await matcher.stop();
  matcher = await startMatcher({ ...env, MATCHER_URL: await freshDatabase('matcher') });
  const anew = await more('x4');
  expect([...switched.people].filter(([subject, person]) => anew.people.get(subject) !== person)).toEqual([]);
  expect([...switched.reasons].filter(([subject, reason]) => anew.reasons.get(subject) !== reason)).toEqual([]);
});

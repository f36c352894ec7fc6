import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { ProposedModels, STRICT } from '../../../test/support/proposed-models.js';
import { recorded } from '../../../test/support/recorded-person.js';
import { saidAfter } from '../../../test/support/said-by-matcher.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { startMatcher } from './start.js';

let env: Record<string, string>;
let log: SealedLog;
let models: ProposedModels;
let matcher: Running;

beforeEach(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  models = await ProposedModels.open(env.MATCHER_URL!);
  matcher = await startMatcher(env);
  await saidAfter(env, await log.publish([recorded('mosaic', 'a', 1)]));
});
afterEach(async () => {
  await matcher.stop();
  await models.close();
  await log.close();
});

const asked = (sql: string) => models.client.query(sql);
const publishOne = (recordId: string) => log.publish([recorded('mosaic', recordId, 1)]);
const ruleOnAnybody = () =>
  asked(`INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role)
         SELECT gen_random_uuid(), subject, gen_random_uuid(), 'apart', 'seen-both', 'data-steward' FROM matcher.record`);

/** Work beside deciding, what of it fails from here on, and what makes the matcher do it. */
const WORK: Record<string, { fails: string; where?: string; begin: () => Promise<unknown> }> = {
  'taking in what was decided by hand': { fails: 'UPDATE ON matcher.ruling_request', begin: ruleOnAnybody },
  'sending decisions': { fails: 'DELETE ON matcher.outbox', begin: () => publishOne('b') },
  'announcing how far everything is decided': {
    fails: 'INSERT ON matcher.outbox',
    where: `NEW.type = 'MatchedUpTo'`,
    begin: () => publishOne('b'),
  },
  'working a proposed model out': { fails: 'INSERT ON matcher.candidate_record', begin: () => models.propose(STRICT) },
};

test.each(Object.entries(WORK))('where %s fails in a way that does not pass, the matcher halts and says so, and goes on once that is mended', async (_, { fails, where = 'true', begin }) => {
  await asked(`CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'a mistake of ours'; END $$`);
  await asked(`CREATE TRIGGER fail BEFORE ${fails} FOR EACH ROW WHEN (${where}) EXECUTE FUNCTION public.fail()`);
  await begin();
  await eventually('it halted', async () => /^matcher_halted\S* 1$/m.test(await (await fetch(`${matcher.url}/metrics`)).text()));
  expect((await fetch(`${matcher.url}/health/ready`)).status).toBe(503);
  await eventually('all of its work ended, and no other matcher can begin', async () => (await sessions()).join() === 'matcher-lock');

  await asked('DROP FUNCTION public.fail CASCADE');
  await matcher.stop();
  matcher = await startMatcher(env);
  await saidAfter(env, await publishOne('c'));
}); // prettier-ignore

/** Who of the matcher is at its database. */
async function sessions(): Promise<string[]> {
  const { rows } = await models.client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'matcher%'`,
  );
  return rows.map(({ name }) => name);
}

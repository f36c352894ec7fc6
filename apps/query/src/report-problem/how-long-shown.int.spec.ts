/** For how long a problem stands where it is about: until it is answered, for 90 days after that, and longer while it may be of the wrong person. */
import { reportMissing } from '../../../../test/support/missing-reported.js';
import { problemIn } from '../../../../test/support/problems-reported.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { listedBy } from '../../../../test/support/report-by.js';
import { born } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const SERVICE = 'childrens-social-care';
async function reported(category: string, outcome: string | null) {
  const { person, subject } = await app.people.record({ dateOfBirth: born('2015-05-12') });
  await app.people.involvement(subject);
  const problem = problemIn(await reportMissing(app, person, { category }, SERVICE));
  await app.people.pool.query("UPDATE decided.problem SET reported_at = now() - interval '200 days' WHERE id = $1", [problem]);
  if (outcome !== null) {
    const { rows } = await app.people.pool.query<{ id: string }>('SELECT id FROM decided.problem_ask WHERE problem = $1', [problem]);
    expect((await app.sendForm(`/problems/${rows[0]!.id}`, { outcome, words: 'As it is' }, 'nora.finch')).status).toBe(303);
  }
  return async (answeredDaysAgo: number) => {
    const OLDER = 'UPDATE decided.problem_answer SET answered_at = now() - $2 * interval \'1 day\' WHERE ask IN (SELECT id FROM decided.problem_ask WHERE problem = $1)'; // prettier-ignore
    await app.people.pool.query(OLDER, [problem, answeredDaysAgo]);
    return (await listedBy(app, person)).problems.map(({ id }) => id).includes(problem);
  };
}

it.each<[string, string, string | null, [number, boolean][]]>([
  ['that waits', 'wrong-phone', null, [[0, true]]],
  ['that was answered', 'wrong-phone', 'refused', [[89.9, true], [90.1, false]]],
  ['of the wrong person that is put right', 'wrong-person', 'fixed', [[89.9, true], [90.1, false]]],
  ['of the wrong person that may still be', 'wrong-person', 'answered', [[90.1, true]]],
])('A problem %s', async (_, category, outcome, days) => {
  const isShown = await reported(category, outcome);
  for (const [ago, shown] of days) expect([ago, await isShown(ago)]).toEqual([ago, shown]);
}); // prettier-ignore

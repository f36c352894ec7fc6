/** Problems that nobody answers, from the report to who is told. */
import { readAudit } from '#lib/audit';
import { ops } from '../../../test/support/ops.js';
import { QueryApp } from '../../../test/support/query-app.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const run = (...args: string[]) => ops(app.env, 'problems', ...args);
const reported = async () => {
  const child = await app.people.record();
  await app.people.onCaseloadOf('amara.okafor', child.subject);
  await app.sendForm(`/people/${child.person}/panels/childrens-social-care/problem`, {
    category: 'worker-gone',
    words: 'Now it is Ann',
    named: 'yes',
  });
  return child;
};
const hoursFromNow = (first: number, second: number) =>
  app.people.pool.query(
    `UPDATE decided.problem_ask SET due_at = now() + $1 * interval '1 hour', second_due_at = now() + $2 * interval '1 hour'`,
    [first, second],
  );

it('A problem is passed on to the second owner and then to the data analyst, each told once and on record', async () => {
  expect(await run('list')).toMatchObject({ code: 0, text: 'Every problem has an answer.' });
  const child = await reported();
  const listed = await run('list', '--json');
  const [problem] = JSON.parse(listed.text) as { id: string }[];
  expect([listed.code, problem]).toMatchObject([
    0,
    { source: 'mosaic', category: 'worker-gone', waitsFor: 'first-owner', told: false, of: { email: 'ruth.calder@northbridge.example' } },
  ]);
  for (const telling of [child.person, child.subject, child.recordId, 'Ann', 'Amara', 'okafor']) expect(listed.text).not.toContain(telling);
  expect(await run('--escalate', '--reason', 'each morning')).toMatchObject({ code: 0, text: 'Nobody has to be told of anything.' });

  await hoursFromNow(-1, 1);
  expect((await run('list')).code).toBe(3);
  expect((await run('--escalate', '--dry-run')).text).toContain('second-owner, Idris Vaughan <idris.vaughan@northbridge.example>');
  const told = await run('--escalate', '--reason', 'each morning', '--json');
  expect([told.code, JSON.parse(told.text)]).toMatchObject([3, [{ id: problem!.id, waitsFor: 'second-owner' }]]);
  expect((await readAudit(app.env.AUDIT_URL!, { last: 1 }))[0]).toMatchObject({
    action: 'operated',
    reason: 'each morning',
    shown: { verb: 'problems/escalate', problems: [problem!.id] },
  });
  expect((await run('--escalate', '--reason', 'each morning')).text).toBe('Nobody has to be told of anything.');

  await hoursFromNow(-2, -1);
  expect((await run('--escalate', '--reason', 'each morning')).text).toContain('data-analyst, Nora Finch <nora.finch@northbridge.example>');
  expect(await run('--escalate', '--reason', 'each morning')).toMatchObject({ code: 0 });

  // Restricted since: whoever would be told sees nothing of it.
  await app.people.restrictByHand(child.subject);
  expect(await run('list')).toMatchObject({ code: 0, text: 'Every problem has an answer.' });
  await app.people.pool.query('UPDATE decided.restriction SET lifted_at = now()');

  await app.sendForm(`/problems/${problem!.id}`, { outcome: 'fixed' }, 'nora.finch');
  expect(await run('list')).toMatchObject({ code: 0, text: 'Every problem has an answer.' });
});

it('One that the data analysts are asked alone is theirs from the first, no source’s, and named to them once it is late', async () => {
  const child = await app.people.record();
  await app.people.onCaseloadOf('amara.okafor', child.subject);
  const body = new URLSearchParams({ category: 'missing-involvement', analystsAlone: 'yes', words: 'Ann is' });
  await app.send(`/people/${child.person}/panels/early-help/problem`, { method: 'POST', headers: await app.as('amara.okafor'), body });
  const [code, listed] = await run('list', '--json').then(({ code, text }) => [code, JSON.parse(text) as { id: string }[]] as const);
  const of = { name: 'Nora Finch', email: 'nora.finch@northbridge.example' };
  const theirs = { source: null, service: 'early-help', category: 'missing-involvement', waitsFor: 'data-analyst', told: false, of };
  expect([code, listed]).toMatchObject([0, [{ ...theirs, overdue: false }]]);
  expect((await run('list')).text).toMatch(/data analysts alone\s+early-help\s+missing-involvement/);
  expect((await run('--escalate', '--dry-run')).text).toBe('Nobody has to be told of anything.');
  await hoursFromNow(-1, -1);
  expect((await run('list')).code).toBe(3);
  expect(JSON.parse((await run('--escalate', '--reason', 'each morning', '--json')).text)).toMatchObject([{ ...theirs, overdue: true }]);
  expect(await run('--escalate', '--reason', 'each morning')).toMatchObject({ code: 0, text: 'Nobody has to be told of anything.' });
  await app.sendForm(`/problems/${listed[0]!.id}`, { outcome: 'nothing-to-show' }, 'nora.finch');
  expect(await run('list')).toMatchObject({ code: 0, text: 'Every problem has an answer.' });
});

it('What is none of its words is refused', async () => {
  expect((await run('close')).failure).toContain('Say: problems list');
  expect((await run('list', '--dry-run')).failure).toContain('Nothing is changed without --escalate');
});

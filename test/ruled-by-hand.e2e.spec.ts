import { readAudit } from '#lib/audit';
import type { Running } from '#lib/runtime';
import { startMatcher } from '../apps/matcher/src/start.js';
import { appEnv } from './support/app-env.js';
import { ops } from './support/ops.js';
import { known, MOTHER } from './support/people-hard-to-match.js';
import { recorded } from './support/recorded-person.js';
import { saidAfter, SaidByMatcher } from './support/said-by-matcher.js';
import { SealedLog } from './support/sealed-log.js';

let env: Record<string, string>;
let matcher: Running;
let records: [string, string, string];

beforeAll(async () => {
  env = await appEnv();
  matcher = await startMatcher(env);
  const log = await SealedLog.open(env);
  const at = await log.publish([known('mosaic', 'a', 1, MOTHER), known('cis', 'b', 1, MOTHER), recorded('synergy', 'c', 1)]);
  records = at.map(({ subject }) => subject) as [string, string, string];
  await saidAfter(env, at);
  await log.close();
});
afterAll(() => matcher?.stop());

const rule = (decision: string, ...more: string[]) =>
  ops(env, 'match', 'rule', '--one', records[0], '--other', records[1], '--decision', decision, ...more);
const peopleSaid = async () => (await SaidByMatcher.read(env)).peopleAmong(records.slice(0, 2));

describe('ops match rule', () => {
  it('parts two records that were one person, with who and why on record, and takes it back', async () => {
    expect((await rule('different', '--dry-run')).text).toBe('They are one person now, and would be two people.');
    expect(await peopleSaid()).toBe(1);
    const { code, text } = await rule('different', '--code', 'source-confirmed', '--reason', 'the school has rung', '--json');
    expect([code, JSON.parse(text)]).toMatchObject([0, { people: 2 }]);
    expect(await peopleSaid()).toBe(2);
    const [onRecord] = await readAudit(env.AUDIT_URL!, { last: 1 });
    expect(onRecord).toMatchObject({
      action: 'operated',
      reason: 'the school has rung',
      shown: { verb: 'match rule', decision: 'different' },
    });
    expect((await rule('open', '--code', 'mistake', '--reason', 'it was the other child')).text).toContain('they are one person now');
    expect(await peopleSaid()).toBe(1);
  });

  it('says so where another decision by hand stands against it', async () => {
    // Of rules that contradict each other the first in the order of tokens is followed.
    const [a, b, c] = records.toSorted() as typeof records;
    const ruleOn = (one: string, other: string, decision: string) =>
      ops(env, 'match', 'rule', '--one', one, '--other', other, '--decision', decision, '--code', 'x', '--reason', 'x');
    await ruleOn(a, b, 'same');
    await ruleOn(b, c, 'different');
    expect(await ruleOn(a, c, 'same')).toMatchObject({ code: 3, text: expect.stringContaining('stands against it') });
    await ruleOn(b, c, 'open');
    await ruleOn(a, c, 'open');
    await ruleOn(a, b, 'open');
  });

  it('refuses what it can not do, and says what it wants', async () => {
    expect((await rule('perhaps', '--dry-run')).failure).toContain('same, different or open');
    expect((await rule('same', '--reason', 'x')).failure).toContain('--code');
    expect((await rule('same', '--code', 'Ada Okafor', '--reason', 'x')).failure).toContain('small letters');
    expect((await rule('same', '--code', 'x')).failure).toContain('Say why: --reason');
    const unknown = '01234567-89ab-cdef-0123-456789abcdef';
    const said = await ops(env, 'match', 'rule', '--one', records[0], '--other', unknown, '--decision', 'same', '--dry-run');
    expect(said).toMatchObject({ code: 1, failure: expect.stringContaining('does not know both') });
  });
});

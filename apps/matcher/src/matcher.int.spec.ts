import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SourceEvent } from '#lib/events';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { about, event, recorded } from '../../../test/support/recorded-person.js';
import { saidAfter, type SaidByMatcher } from '../../../test/support/said-by-matcher.js';
import { type LoggedAt, SealedLog } from '../../../test/support/sealed-log.js';
import { startMatcher } from './start.js';

let env: Record<string, string>;
let log: SealedLog;
let matcher: Running;

beforeAll(async () => {
  env = await appEnv();
  log = await SealedLog.open(env);
  matcher = await startMatcher(env);
});
afterAll(async () => {
  await matcher?.stop();
  await log?.close();
});

const NUMBERS = ['9434765919', '4010232137', '9434765870', '9434766001'];
/** Publishes, waits until the matcher says it has decided all of it, and returns the log's subjects and what was said. */
async function publish(...events: SourceEvent[]): Promise<{ at: LoggedAt[]; subjects: string[]; said: SaidByMatcher }> {
  const at = await log.publish(events);
  return { at, subjects: at.map(({ subject }) => subject), said: await saidAfter(env, at) };
}

test('two sources’ records with the same NHS number and date of birth are one person, and a correction parts them again', async () => {
  const first = await publish(recorded('mosaic', 'a1', 1, NUMBERS[0]), recorded('synergy', 'a2', 1));
  expect(first.said.peopleAmong(first.subjects)).toBe(2);
  const apart = first.subjects.map((subject) => first.said.people.get(subject));

  const { said: joined } = await publish(recorded('synergy', 'a2', 2, NUMBERS[0]));
  expect(joined.peopleAmong(first.subjects)).toBe(1);
  expect(joined.reasons.get(first.subjects[1]!)).toBe('matched');
  const kept = joined.people.get(first.subjects[0]!)!;
  expect(joined.redirects.get(apart.find((person) => person !== kept)!)).toBe(kept);

  const { said: parted } = await publish(recorded('synergy', 'a2', 3, NUMBERS[1]));
  expect(first.subjects.map((subject) => parted.people.get(subject))).toEqual(apart);
});

test('an old version that arrives late changes nothing', async () => {
  const { subjects } = await publish(recorded('mosaic', 'b1', 5, NUMBERS[2]), recorded('cis', 'b2', 5, NUMBERS[2]));
  const { said } = await publish(recorded('cis', 'b2', 4, NUMBERS[3]));
  expect(said.peopleAmong(subjects)).toBe(1);
});

test('a record taken back leaves its person, and a replaced one follows its replacement', async () => {
  const nhs = NUMBERS[3];
  const { subjects } = await publish(recorded('mosaic', 'c1', 1, nhs), recorded('niche', 'c2', 1, nhs), recorded('mosaic', 'c3', 1));
  const [c1, c2, c3] = subjects as [string, string, string];
  const removed = event({ type: 'PersonRemoved', ...about('niche', 'c2', 2, { reason: 'entered-in-error' as const }) });
  const { said } = await publish(removed);
  expect(said.peopleAmong([c1, c2])).toBe(2);
  const replaced = event({ type: 'RecordReplaced', ...about('mosaic', 'c1', 2, { newRecordId: c3 }) });
  const { said: after } = await publish(replaced);
  expect(after.people.get(c1)).toBe(after.people.get(c3));
  expect(after.reasons.get(c1)).toBe('replaced-by-its-source');
});

test('a record first met through an involvement or a relationship has a person before its own details arrive; a source has none', async () => {
  const [other] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: 'd2' }]);
  const opened = event({
    type: 'InvolvementOpened',
    ...about('mosaic', 'd1', 1, { involvementId: 'i1', service: 'childrens-social-care' as const }),
  });
  const linked = event({ type: 'RelationshipLinked', ...about('mosaic', 'd1', 1, { relationshipId: 'r1', otherRecordId: other!.subject, relationship: 'parent' as const }) }); // prettier-ignore
  const { recordId: _, ...unnamed } = about('mosaic', '', 1, {
    service: 'childrens-social-care' as const,
    completeTo: '2026-01-05T09:00:00Z',
  });
  const checked = event({ type: 'SourceChecked', ...unnamed });
  const { subjects, said } = await publish(opened, linked, checked);
  expect(said.peopleAmong([subjects[0]!, other!.subject])).toBe(2);
  expect(said.people.has(subjects[2]!)).toBe(false);
});

test('what can’t be read is passed over and counted, an erased record is gone, and everything else is decided', async () => {
  const nhs = '9434765889';
  const { subjects } = await publish(recorded('mosaic', 'e1', 1, nhs), recorded('cis', 'e2', 1, nhs));
  expect((await publish()).said.peopleAmong(subjects)).toBe(1);
  const [spoilt, late] = await log.keys.subjectsFor([{ source: 'cis', recordId: 'e3' }, { source: 'cis', recordId: 'e2' }]); // prettier-ignore
  const broken = log.sealed(recorded('cis', 'e3', 1, nhs), spoilt!, (envelope) => ({ ...envelope, publishedAt: 1 }));
  const unread = await log.publishRaw([
    { key: spoilt!.subject, value: broken },
    { key: spoilt!.subject, value: Buffer.from('no event') },
  ]);
  await saidAfter(env, unread);
  const metrics = await (await fetch(`${matcher.url}/metrics`)).text();
  for (const code of ['seal-broken', 'foreign-magic-byte']) expect(metrics).toMatch(new RegExp(`skipped_total\\{code="${code}".* 1`));

  const sealedBefore = log.sealed(recorded('cis', 'e2', 2, nhs), late!);
  await log.keys.erase(late!.subject);
  await matcher.stop();
  matcher = await startMatcher(env);
  const said = await saidAfter(env, [...unread, ...(await log.publishRaw([{ key: late!.subject, value: sealedBefore }]))]);
  expect(said.people.has(spoilt!.subject)).toBe(true);
  expect(said.peopleAmong(subjects)).toBe(2);
});

test('every decision number is used once, rises within each partition, and stands with its own record', async () => {
  const { said } = await publish(recorded('mosaic', 'f1', 1));
  const numbers = said.all.filter(({ decision }) => decision.type !== 'MatchedUpTo').map(({ decision }) => decision.decision);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const partition of [0, 1, 2, 3]) {
    const here = said.all.filter((one) => one.partition === partition).map(({ decision }) => decision.decision);
    expect(here).toEqual(here.toSorted((a, b) => a - b));
  }
  for (const { key, decision } of said.all) if (decision.type === 'RecordAssigned') expect(key).toBe(decision.subject);
});

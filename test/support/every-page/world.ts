import { randomUUID } from 'node:crypto';
import { AuditLog } from '#lib/audit';
import { claim, storeApart } from '../claimed-people.js';
import { doubt, storeJoined } from '../doubted-people.js';
import { MatcherByHand } from '../matcher-by-hand.js';
import type { QueryApp } from '../query-app.js';
import { StoredOperations } from '../stored-operations.js';
import { openWithIngest, storeFiles } from '../stored-files.js';
import { type FamilyStored, storeFamily } from '../stored-family.js';
import { type ProblemsStored, storeProblems } from '../stored-problems.js';
import { type MatchesStored, storeMatches } from '../stored-matches.js';

/** What there is to see, by where it is. */
export interface World extends FamilyStored, ProblemsStored, MatchesStored {
  /** An adult with a record of the police that a reader has doubted, and one that nobody has. */
  doubted: string;
  /** Its two records before a steward; an address. */
  doubtedPair: string;
  joined: string;
  /** Two people kept apart of whom a reader has said that they are one, and their two records before a steward; an address. */
  claimed: [string, string];
  claimedPair: string;
  /** A generation that is ready, and one that is being built. */
  ready: number;
  /** Requests of operators: one that waits, a count that is done, a comparison with differences. */
  request: string;
  count: string;
  differences: string;
  /** Of the audit: an entry with sealed terms, a finding, a question that is kept, and an alert; addresses. */
  entry: string;
  finding: string;
  question: string;
  alert: string;
  /** Two people who were shown as one. */
  parted: [string, string];
  /** An id that is not used any more, whose records are two people's now. */
  split: string;
  /** Files of a source: one with everything to confirm, one that waits for a second person, one that is published, one refused; addresses. */
  files: Record<'waiting' | 'second' | 'published' | 'refused', string>;
  /** An id that nobody has. */
  nobody: string;
}

/** The query service with all that stands behind its pages, and everything there is to see, put there by hand. */
export async function openWorld(): Promise<{ app: QueryApp; world: World; stop(): Promise<void> }> {
  const matcher = await MatcherByHand.open();
  const { app, stop } = await openWithIngest({ MATCHER_STEWARDS_URL: matcher.stewardsUrl });
  return {
    app,
    world: await worldOf(app, matcher),
    async stop() {
      await stop();
      await matcher.close();
    },
  };
}

async function worldOf(app: QueryApp, matcher: MatcherByHand): Promise<World> {
  const stored = new StoredOperations(app.people.pool);
  const family = await storeFamily(app);
  await stored.aMonthOf('mosaic');
  await stored.progress('mosaic');
  await stored.parked();
  await stored.tally('mosaic', new Date().toISOString().slice(0, 10), { received: 10, applied: 9, parked: 1 });
  const ready = await stored.generation();
  const differences = await stored.request({ verb: 'compare', state: 'done', arguments: { generation: ready, share: 1 } });
  await stored.comparison({ id: differences, beside: ready, fields: ['team', 'status'] });
  await stored.generation({ state: 'building', stage: 'bulk', eventsDone: 250, eventsTotal: 1_000, perSecond: 50 });
  const count = await stored.request({ verb: 'replay', arguments: { dryRun: true }, state: 'done', outcome: { read: 4, applied: 2 } });
  const [doubted, joined] = [await storeJoined(app), await storeJoined(app)];
  await doubt(app, doubted.person, doubted.police.subject);
  await app.giveReason(joined.person);
  const apart = await storeApart(app);
  await claim(app, apart.known.person, apart.school.person);
  await app.people.keepApart(apart.known.subject, apart.school.subject);
  const nobody = randomUUID();
  await app.giveReason(nobody);
  return {
    ...family,
    ...(await auditOf(app)),
    parted: await partedIn(app),
    split: await splitIn(app),
    files: await storeFiles(app),
    ...(await storeProblems(app, family.child)),
    ...(await storeMatches(app, matcher)),
    doubted: doubted.person,
    doubtedPair: `/matches/${[doubted.known.subject, doubted.police.subject].toSorted().join('/')}`,
    joined: joined.person,
    claimed: [apart.known.person, apart.school.person],
    claimedPair: apart.path,
    ready,
    differences,
    count,
    request: await stored.request(),
    nobody,
  };
}

/** What officers see: somebody searched, and opened a restricted record, which is unusual. */
async function auditOf(app: QueryApp): Promise<Pick<World, 'entry' | 'finding' | 'question' | 'alert'>> {
  const officer = await app.as('ig.officer');
  const sent = async (path: string, fields: Record<string, string>) =>
    app.send(path, { method: 'POST', headers: officer, body: new URLSearchParams(fields) });
  const [searched] = await app.auditOf(await app.search({ familyName: 'Nobody' }));
  const log = await AuditLog.open({ url: app.env.AUDIT_URL! });
  const at = Date.now();
  const why = { reason: 'section-47', reference: 'C-1' };
  await log.record([
    {
      at,
      action: 'overridden',
      outcome: 'done',
      requestId: randomUUID(),
      reader: 'some.one',
      role: 'team-manager',
      team: 'Elsewhere',
      person: randomUUID(),
      ...why,
    },
  ]);
  await log.close();
  await sent('/audit/unusual', {});
  const { text } = await app.send('/audit/unusual', { headers: officer });
  const { rows } = await app.people.pool.query<{ id: string }>(
    `INSERT INTO decided.alert (id, kind, reader, person, request_id)
     VALUES (gen_random_uuid(), 'restriction-overridden', 'some.one', gen_random_uuid(), 'a request') RETURNING id`,
  );
  return {
    alert: `/audit/alerts/${rows[0]!.id}`,
    entry: `/audit/entries/${searched!.id}`,
    finding: /href="(\/audit\/unusual\/[0-9a-f-]{36})"/.exec(text)![1]!,
    question: (await sent('/audit/questions', { by: 'reader', reader: 'amara.okafor' })).headers.get('location')!,
  };
}

async function splitIn(app: QueryApp): Promise<string> {
  const split = randomUUID();
  for (const { subject, person } of [await app.people.record(), await app.people.record()]) {
    await app.people.assign(subject, split);
    await app.people.assign(subject, person);
    await app.people.redirect(split, person);
  }
  await app.giveReason(split);
  return split;
}

/** Two who are apart again, after somebody was shown one with the facts of both. */
async function partedIn(app: QueryApp): Promise<[string, string]> {
  const [one, other] = [await app.people.record(), await app.people.record({ source: 'liquidlogic' })];
  await app.people.assign(other.subject, one.person);
  await app.get(`/people/${one.person}`);
  await app.people.assign(other.subject, other.person);
  await app.people.keepApart(one.subject, other.subject);
  return [one.person, other.person];
}

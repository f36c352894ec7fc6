import { randomUUID } from 'node:crypto';
import { AuditLog } from '#lib/audit';
import { doubt, storeJoined } from './doubted-people.js';
import { MatcherByHand } from './matcher-by-hand.js';
import type { QueryApp } from './query-app.js';
import { StoredOperations } from './stored-operations.js';
import { openWithIngest, storeFiles } from './stored-files.js';
import { type FamilyStored, storeFamily } from './stored-family.js';
import { type ProblemsStored, storeProblems } from './stored-problems.js';
import { type MatchesStored, storeMatches } from './stored-matches.js';

/** One state of a page: a test of all pages walks through each. */
export interface PageState {
  /** Of its picture. */
  name: string;
  /** Where; the route itself unless said. */
  at?(world: World): string;
  /** A form sent: the page is what comes back. */
  sent?: Record<string, string>;
  /** 200 unless said; 400 for a form that was sent. */
  status?: number;
}

export interface World extends FamilyStored, ProblemsStored, MatchesStored {
  /** An adult with a record of the police that a reader has doubted, and one that nobody has. */
  doubted: string;
  /** Its two records before a steward; an address. */
  doubtedPair: string;
  joined: string;
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
  const nobody = randomUUID();
  await app.giveReason(nobody);
  return {
    ...family,
    ...(await auditOf(app)),
    parted: await partedIn(app),
    files: await storeFiles(app),
    ...(await storeProblems(app, family.child)),
    ...(await storeMatches(app, matcher)),
    doubted: doubted.person,
    doubtedPair: `/matches/${[doubted.known.subject, doubted.police.subject].toSorted().join('/')}`,
    joined: joined.person,
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

/** Two who are apart again, after somebody was shown one with the facts of both. */
async function partedIn(app: QueryApp): Promise<[string, string]> {
  const [one, other] = [await app.people.record(), await app.people.record({ source: 'synergy' })];
  await app.people.assign(other.subject, one.person);
  await app.get(`/people/${one.person}`);
  await app.people.assign(other.subject, other.person);
  await app.people.keepApart(one.subject, other.subject);
  return [one.person, other.person];
}

const generation = (way: string) => [{ name: `operations-${way}`, at: ({ ready }: World) => `/operations/generations/${ready}/${way}` }];
const withAProblem = (pages: readonly PageState[]) => pages.map((page) => ({ ...page, name: `${page.name}-with-a-problem`, sent: {} }));
const requestAt = (name: string, path: (world: World) => string) => [{ name: `operations-${name}`, at: path }];
const cancel = requestAt('cancel-request', ({ request }) => `/operations/requests/${request}/cancel`);
const applyAgain = requestAt('apply-again', ({ count }) => `/operations/replay/${count}`);
const steer = ['pause', 'slow-down', 'cancel'].map((way) => ({ name: `operations-${way}`, at: () => `/operations/generations/${way}` }));
const release = ['redrive', 'discard'].map((way) => ({ name: `operations-${way}`, at: () => `/operations/parked/${way}` }));

/** Every route that answers with a page, in each of its states; a page without a line here fails two tests. */
export const PAGES: Record<string, PageState[]> = {
  'GET /sign-in': [{ name: 'sign-in' }],
  'GET /sign-in/return': [{ name: 'sign-in-refused', status: 403 }],
  'GET /sign-out': [{ name: 'signing-out' }],
  'GET /signed-out': [{ name: 'signed-out' }],
  'GET /timed-out': [{ name: 'timed-out' }],
  'GET /session/all': [{ name: 'sessions' }],
  'GET /privacy': [{ name: 'privacy' }],
  'GET /accessibility': [{ name: 'accessibility' }],
  'GET /help': [{ name: 'help' }],
  'GET /glossary': [{ name: 'glossary' }],
  'GET /whats-new': [{ name: 'whats-new' }],
  'GET /feedback': [{ name: 'feedback' }],
  'POST /feedback': [{ name: 'feedback-with-a-problem', sent: {} }],
  'GET /feedback/given': [{ name: 'feedback-given' }],
  'GET /what-is-in-the-index': [{ name: 'what-is-in-the-index' }],
  'GET /services/:service': [
    { name: 'conditions', at: () => '/services/police' },
    { name: 'no-such-service', at: () => '/services/none', status: 404 },
  ],
  'GET /search': [{ name: 'search' }, { name: 'search-changed', at: ({ search }) => `/search?change=${search}` }],
  'POST /search': [
    { name: 'search-with-a-problem', sent: { by: 'names' } },
    { name: 'search-without-an-id', sent: { by: 'case-id' } },
  ],
  'GET /search/:id': [
    { name: 'results', at: ({ search }) => `/search/${search}` },
    { name: 'results-many', at: ({ manySearch }) => `/search/${manySearch}` },
    { name: 'results-none', at: ({ noneSearch }) => `/search/${noneSearch}` },
    { name: 'results-over', at: ({ nobody }) => `/search/${nobody}`, status: 404 },
  ],
  'GET /people/:person': [
    { name: 'child', at: ({ child, search }) => `/people/${child}?search=${search}` },
    { name: 'adult', at: ({ adult }) => `/people/${adult}` },
    { name: 'person-with-a-doubted-record', at: ({ doubted }) => `/people/${doubted}` },
    { name: 'person-by-name-only', at: ({ nameOnly }) => `/people/${nameOnly}` },
    { name: 'nobody', at: ({ nobody }) => `/people/${nobody}`, status: 404 },
    { name: 'known-person', at: ({ known }) => `/people/${known}`, status: 403 },
  ],
  'GET /people/:person/panels/:service': [{ name: 'panel', at: ({ child }) => `/people/${child}/panels/childrens-social-care` }],
  'GET /people/:person/panels/:service/problem': [
    { name: 'report-a-problem', at: ({ child }) => `/people/${child}/panels/childrens-social-care/problem` },
  ],
  'POST /people/:person/panels/:service/problem': [
    { name: 'report-a-problem-with-a-problem', at: ({ child }) => `/people/${child}/panels/childrens-social-care/problem`, sent: {} },
  ],
  'GET /people/:person/doubt': [
    { name: 'doubt', at: ({ joined }) => `/people/${joined}/doubt` },
    { name: 'doubt-raised', at: ({ doubted }) => `/people/${doubted}/doubt` },
    { name: 'doubt-of-one-record', at: ({ nameOnly }) => `/people/${nameOnly}/doubt` },
  ],
  'POST /people/:person/doubt': [{ name: 'doubt-with-a-problem', at: ({ joined }) => `/people/${joined}/doubt`, sent: {} }],
  'GET /problems': [{ name: 'problems' }],
  'GET /problems/:problem': [
    { name: 'problem', at: ({ problem }) => problem },
    { name: 'problem-answered', at: ({ answered }) => answered },
  ],
  'POST /problems/:problem': [{ name: 'problem-with-a-problem', at: ({ problem }) => problem, sent: {} }],
  'GET /people/:person/family': [{ name: 'family', at: ({ child }) => `/people/${child}/family` }],
  'GET /people/:person/contacts': [{ name: 'contacts', at: ({ child }) => `/people/${child}/contacts` }],
  'GET /people/:person/addresses': [{ name: 'addresses', at: ({ adult }) => `/people/${adult}/addresses` }],
  'GET /people/:person/why': [{ name: 'why-one-person', at: ({ child }) => `/people/${child}/why` }],
  'GET /people/:person/reason': [{ name: 'reason', at: ({ unasked }) => `/people/${unasked}/reason` }],
  'POST /people/:person/reason': [{ name: 'reason-with-a-problem', at: ({ unasked }) => `/people/${unasked}/reason`, sent: {} }],
  'GET /people/:person/known': [{ name: 'know-this-person', at: ({ child }) => `/people/${child}/known` }],
  'GET /caseload': [{ name: 'caseload' }],
  'GET /restricted': [{ name: 'restricted' }],
  'POST /restricted': [{ name: 'restricted-with-a-problem', sent: {} }],
  'GET /audit': [{ name: 'audit' }],
  'POST /audit/questions': [{ name: 'audit-with-a-problem', sent: {} }],
  'GET /audit/questions/:question': [{ name: 'audit-question', at: ({ question }) => question }],
  'GET /audit/people/:person': [{ name: 'audit-person', at: ({ child }) => `/audit/people/${child}` }],
  'GET /audit/people/:person/report/:level': [{ name: 'audit-report', at: ({ child }) => `/audit/people/${child}/report/names` }],
  'GET /audit/people/:person/exposure': [{ name: 'audit-shown-with', at: ({ parted }) => `/audit/people/${parted[0]}/exposure` }],
  'GET /audit/people/:person/exposure/:other': [
    { name: 'audit-exposure', at: ({ parted }) => `/audit/people/${parted[0]}/exposure/${parted[1]}` },
    { name: 'audit-exposure-none', at: ({ child, adult }) => `/audit/people/${child}/exposure/${adult}` },
    { name: 'audit-exposure-one', at: ({ child }) => `/audit/people/${child}/exposure/${child}` },
  ],
  'GET /audit/looks/:list': ['overrides', 'refused', 'reasons', 'readers'].map((list) => ({
    name: `audit-${list}`,
    at: () => `/audit/looks/${list}`,
  })),
  'GET /audit/entries/:entry': [{ name: 'audit-entry', at: ({ entry }) => entry }],
  'POST /audit/entries/:entry/terms': [{ name: 'audit-entry-with-a-problem', at: ({ entry }) => `${entry}/terms`, sent: {} }],
  'GET /audit/unusual': [{ name: 'audit-unusual' }],
  'GET /audit/unusual/:finding': [{ name: 'audit-finding', at: ({ finding }) => finding }],
  'POST /audit/unusual/:finding': [{ name: 'audit-finding-with-a-problem', at: ({ finding }) => finding, sent: {} }],
  'GET /settings': [{ name: 'settings' }],
  'GET /audit/alerts/:alert': [{ name: 'audit-alert', at: ({ alert }) => alert }],
  'POST /audit/alerts/:alert': [{ name: 'audit-alert-with-a-problem', at: ({ alert }) => alert, sent: {} }],
  'GET /audit/export': [{ name: 'audit-export' }],
  'POST /audit/export': [{ name: 'audit-export-with-a-problem', sent: {} }],
  'GET /people/:person/services/:services': [
    { name: 'child-with-an-open-panel', at: ({ child }) => `/people/${child}/services/childrens-social-care` },
    { name: 'adult-with-open-panels', at: ({ adult }) => `/people/${adult}/services/childrens-social-care,housing,police` },
  ],
  'GET /sources': [{ name: 'sources' }],
  'GET /sources/:source': [
    { name: 'source', at: () => '/sources/mosaic' },
    { name: 'source-not-heard-of', at: () => '/sources/insight' },
    { name: 'no-such-source', at: () => '/sources/none', status: 404 },
  ],
  'GET /sources/:source/files': [
    { name: 'files', at: () => '/sources/cluster-lists/files' },
    { name: 'files-none', at: () => '/sources/insight/files' },
  ],
  'GET /sources/:source/files/new': [{ name: 'new-file', at: () => '/sources/cluster-lists/files/new' }],
  'POST /sources/:source/files': [{ name: 'new-file-with-a-problem', at: () => '/sources/cluster-lists/files', sent: {} }],
  'GET /sources/:source/files/:file': (['waiting', 'second', 'published', 'refused'] as const).map((state) => ({
    name: `file-${state}`,
    at: ({ files }: World) => files[state],
  })),
  'POST /sources/:source/files/:file/confirmation': [
    { name: 'file-with-a-problem', at: ({ files }) => `${files.waiting}/confirmation`, sent: {} },
  ],
  'POST /sources/:source/files/:file/approval': [
    { name: 'file-approval-with-a-problem', at: ({ files }) => `${files.second}/approval`, sent: {} },
  ],
  'GET /matches': [{ name: 'matches' }, { name: 'matches-of-a-source', at: () => '/matches?source=niche' }],
  'GET /matches/:one/:other': [
    { name: 'match', at: ({ match }) => match },
    { name: 'match-that-stewards-disagree-on', at: ({ disagreed }) => disagreed },
    { name: 'match-that-a-reader-doubts', at: ({ doubtedPair }) => doubtedPair },
    { name: 'match-answered', at: ({ matched }) => matched },
    { name: 'no-such-match', at: ({ nobody }) => `/matches/${nobody}/${nobody}`, status: 404 },
  ],
  'POST /matches/:one/:other': [
    { name: 'match-with-a-problem', at: ({ match }) => match, sent: {} },
    { name: 'match-to-confirm', at: ({ match }) => match, sent: { answer: 'same', reason: 'details-agree', words: 'Alike' }, status: 200 },
  ],
  'POST /matches/:one/:other/taken-back': [
    { name: 'match-to-take-back', at: ({ matched }) => `${matched}/taken-back`, sent: {}, status: 200 },
  ],
  'GET /matches/:one/:other/known': [{ name: 'match-known', at: ({ match }) => `${match}/known` }],
  'POST /matches/:one/:other/known': [{ name: 'match-known-with-a-problem', at: ({ match }) => `${match}/known`, sent: {} }],
  'GET /operations': [{ name: 'operations' }],
  'GET /operations/sources': [{ name: 'operations-sources' }],
  'GET /operations/sources/:source': [{ name: 'operations-source', at: () => '/operations/sources/mosaic' }],
  'GET /operations/balance': [{ name: 'operations-balance' }],
  'GET /operations/parked': [{ name: 'operations-parked' }],
  'GET /operations/parked/:way': release,
  'POST /operations/parked/:way': withAProblem(release),
  'GET /operations/generations': [{ name: 'operations-generations' }],
  'GET /operations/generations/build': [{ name: 'operations-build' }],
  'POST /operations/generations/build': [{ name: 'operations-build-with-a-problem', sent: {} }],
  'GET /operations/generations/:way': steer,
  'POST /operations/generations/:way': withAProblem(steer),
  'GET /operations/generations/:id/switch': generation('switch'),
  'POST /operations/generations/:id/switch': withAProblem(generation('switch')),
  'GET /operations/generations/:id/compare': generation('compare'),
  'POST /operations/generations/:id/compare': withAProblem(generation('compare')),
  'GET /operations/generations/:id/drop': generation('drop'),
  'POST /operations/generations/:id/drop': withAProblem(generation('drop')),
  'GET /operations/replay': [{ name: 'operations-replay' }],
  'POST /operations/replay': [{ name: 'operations-replay-with-a-problem', sent: {} }],
  'GET /operations/replay/:count': applyAgain,
  'POST /operations/replay/:count': withAProblem(applyAgain),
  'GET /operations/requests': [{ name: 'operations-requests' }],
  'GET /operations/requests/:id': requestAt('request', ({ request }) => `/operations/requests/${request}`),
  'GET /operations/requests/:id/cancel': cancel,
  'POST /operations/requests/:id/cancel': withAProblem(cancel),
  'GET /operations/requests/:id/differences': requestAt(
    'differences',
    ({ differences }) => `/operations/requests/${differences}/differences`,
  ),
};

const OTHER_READERS = [
  ['/operations', 'ola.berg'],
  ['/audit', 'ig.officer'],
  ['/problems', 'nora.finch'],
  ['/sources', 'nora.finch'],
  ['/restricted', 'priya.nair'],
  ['/matches', 'grace.holt'],
  ['/settings', 'ken.adeyemi'],
] as const;

/** Who looks at a page: whoever it is for; null where nobody is signed in. */
export function readerOf(path: string): string | null {
  if (/^\/(sign-in|sign-out|signed-out|timed-out)/.test(path)) return null;
  return OTHER_READERS.find(([start]) => path.startsWith(start))?.[1] ?? 'amara.okafor';
}

/** A state with the address it has in this world, and what it answers with. */
export interface Visit {
  name: string;
  path: string;
  sent?: Record<string, string>;
  status: number;
}

/** All of them, one after the other. */
export const visitsIn = (world: World): Visit[] =>
  Object.entries(PAGES).flatMap(([route, states]) =>
    states.map(({ name, at, sent, status = sent ? 400 : 200 }) => ({ name, path: at?.(world) ?? route.split(' ')[1]!, sent, status })),
  );

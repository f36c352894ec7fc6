import { randomUUID } from 'node:crypto';
import type { QueryApp } from './query-app.js';
import { StoredOperations } from './stored-operations.js';
import { type FamilyStored, storeFamily } from './stored-family.js';

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

export interface World extends FamilyStored {
  /** A generation that is ready, and one that is being built. */
  ready: number;
  /** Requests of operators: one that waits, a count that is done, a comparison with differences. */
  request: string;
  count: string;
  differences: string;
  /** An id that nobody has. */
  nobody: string;
}

/** Everything there is to see, put into the read model by hand. */
export async function worldOf(app: QueryApp): Promise<World> {
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
  return { ...family, ready, differences, count, request: await stored.request(), nobody: randomUUID() };
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
    { name: 'person-by-name-only', at: ({ nameOnly }) => `/people/${nameOnly}` },
    { name: 'nobody', at: ({ nobody }) => `/people/${nobody}`, status: 404 },
  ],
  'GET /people/:person/services/:services': [
    { name: 'child-with-an-open-panel', at: ({ child }) => `/people/${child}/services/childrens-social-care` },
    { name: 'adult-with-open-panels', at: ({ adult }) => `/people/${adult}/services/childrens-social-care,housing,police` },
  ],
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

/** Who looks at a page: whoever it is for; null where nobody is signed in. */
export function readerOf(path: string): string | null {
  if (/^\/(sign-in|sign-out|signed-out|timed-out)/.test(path)) return null;
  return path.startsWith('/operations') ? 'ola.berg' : 'amara.okafor';
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

import { type Pages, withAProblem } from './page-state.js';
import type { World } from './world.js';

const generation = (way: string) => [{ name: `operations-${way}`, at: ({ ready }: World) => `/operations/generations/${ready}/${way}` }];
const requestAt = (name: string, path: (world: World) => string) => [{ name: `operations-${name}`, at: path }];
const cancel = requestAt('cancel-request', ({ request }) => `/operations/requests/${request}/cancel`);
const applyAgain = requestAt('apply-again', ({ count }) => `/operations/replay/${count}`);
const steer = ['pause', 'slow-down', 'cancel'].map((way) => ({ name: `operations-${way}`, at: () => `/operations/generations/${way}` }));
const release = ['redrive', 'discard'].map((way) => ({ name: `operations-${way}`, at: () => `/operations/parked/${way}` }));

/** What operators see. */
export const OPERATIONS_PAGES: Pages = {
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

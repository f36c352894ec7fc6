import { FAMILIES_PAGES } from './every-page/families.js';
import { AUDIT_PAGES } from './every-page/audit.js';
import { SOURCES_PAGES } from './every-page/sources.js';
import { MATCHES_PAGES } from './every-page/matches.js';
import { OPERATIONS_PAGES } from './every-page/operations.js';
import { PAGES_FOR_EVERYBODY } from './every-page/everybody.js';
import type { Pages } from './every-page/page-state.js';
import type { World } from './every-page/world.js';

/** Every route that answers with a page, in each of its states; a page without a line fails two tests. */
export const PAGES: Pages = {
  ...PAGES_FOR_EVERYBODY,
  ...FAMILIES_PAGES,
  ...AUDIT_PAGES,
  ...SOURCES_PAGES,
  ...MATCHES_PAGES,
  ...OPERATIONS_PAGES,
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

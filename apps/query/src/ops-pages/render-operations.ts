import type { PageFacts, Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';

const SECTIONS = [
  { section: 'overview', text: 'Overview', href: '/operations' },
  { section: 'sources', text: 'Sources', href: '/operations/sources' },
  { section: 'balance', text: 'Balance', href: '/operations/balance' },
  { section: 'parked', text: 'Parked events', href: '/operations/parked' },
  { section: 'generations', text: 'Generations', href: '/operations/generations' },
  { section: 'replay', text: 'Apply again', href: '/operations/replay' },
  { section: 'requests', text: 'Requests', href: '/operations/requests' },
] as const;

type Facts = Pick<PageFacts, 'title' | 'back' | 'problem'> & { section: (typeof SECTIONS)[number]['section'] };

/** An operations page with its second row of navigation. */
export function renderOperations(pages: Pages, { reader }: Asker, template: string, { section, ...facts }: Facts, shown: object): string {
  const sections = SECTIONS.map((entry) => ({ ...entry, active: entry.section === section }));
  return pages.render(`ops-pages/${template}`, { ...facts, reader, place: 'operations' }, { ...shown, sections });
}

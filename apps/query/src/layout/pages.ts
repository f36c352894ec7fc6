import { SERVICES } from '#lib/events';
import type nunjucks from 'nunjucks';
import { type Authority, knownSourcesByService } from '../authority.js';
import { reaches } from '../policy/home-of.js';
import type { DataClass } from '../policy/policy.js';
import { ROLES, type Reader } from '../sign-in/reader.js';
import { withoutTurning } from '../unseen-signs.js';
import { assetsAddress } from './assets.js';
import { inOwnDirection } from './own-direction.js';
import { openTemplates } from './templates.js';

/** What every page says about itself. */
export interface PageFacts {
  /** The browser's title. Never personal data: it ends up in histories and window lists. */
  title: string;
  reader?: Reader;
  /** Which entry of the navigation the page belongs to. */
  place?: 'search' | 'caseload' | 'operations' | 'audit' | 'problems' | 'sources' | 'matches' | 'settings' | 'contents';
  back?: { text: string; href: string };
  /** Where it is put on record that a browser printed it; none for a page that shows nobody’s data. */
  paper?: string;
  /** It shows a restricted record, come to by the separate way in. */
  restricted?: boolean;
  /** Something typed has to be corrected. */
  problem?: boolean;
}

interface Entry {
  place: NonNullable<PageFacts['place']>;
  text: string;
  href: string;
  /** Only for those who have to do with such data. */
  data?: DataClass;
}

const NAVIGATION: readonly Entry[] = [
  { place: 'search', text: 'Search', href: '/search', data: 'search' },
  { place: 'caseload', text: 'My caseload', href: '/caseload', data: 'search' },
  { place: 'operations', text: 'Operations', href: '/operations', data: 'operations' },
  { place: 'audit', text: 'Audit', href: '/audit', data: 'audit' },
  { place: 'sources', text: 'What sources sent', href: '/sources', data: 'own-sources' },
  { place: 'problems', text: 'Problems reported', href: '/problems', data: 'data-quality' },
  { place: 'matches', text: 'Records to review', href: '/matches', data: 'matching' },
  { place: 'settings', text: 'Settings', href: '/settings', data: 'settings' },
  { place: 'contents', text: 'What is in the index', href: '/what-is-in-the-index' },
];

/** Turns a template and what it shows into a page. */
export class Pages {
  /** The page for when nothing can be read or recorded: made once at start, so that it needs nothing any more. */
  readonly unavailable: string;

  private constructor(
    private readonly templates: nunjucks.Environment,
    readonly authority: Authority,
    private readonly assets: string,
  ) {
    const desks = knownSourcesByService(authority).map(({ service, name, desk }) => ({ about: `${SERVICES[service]}: ${name}`, desk }));
    for (const { service, broker } of authority.services) if (broker) desks.push({ about: SERVICES[service], desk: broker });
    this.unavailable = this.render('layout/unavailable.njk', { title: 'The index is not available' }, { desks });
  }

  static async open(authority: Authority): Promise<Pages> {
    return new Pages(openTemplates(), authority, await assetsAddress());
  }

  render(template: string, facts: PageFacts, shown: object = {}): string {
    const { reader, place } = facts;
    const html = this.templates.render(template, {
      authority: this.authority,
      assets: this.assets,
      ...facts,
      ...shown,
      reader: reader && { name: reader.name, role: ROLES[reader.role], team: reader.team },
      mayRead: !reader || reaches(reader.role, 'search'),
      navigation: reader ? navigationFor(reader, place) : [],
    });
    return inOwnDirection(withoutTurning(html));
  }
}

const navigationFor = ({ role }: Reader, place: PageFacts['place']) =>
  NAVIGATION.filter(({ data }) => data === undefined || reaches(role, data)).map((entry) => ({ ...entry, active: entry.place === place }));

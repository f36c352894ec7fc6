import type { PageFacts, Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { teamSeenBy } from './look-into-audit.js';

const SECTIONS = [
  { section: 'ask', text: 'Ask', href: '/audit' },
  { section: 'team', text: 'The team', href: '/audit/looks/team', team: true },
  { section: 'overrides', text: 'Overrides', href: '/audit/looks/overrides' },
  { section: 'refused', text: 'Refused', href: '/audit/looks/refused' },
  { section: 'asked', text: 'Reason asked', href: '/audit/looks/asked' },
  { section: 'reasons', text: 'By reason', href: '/audit/looks/reasons' },
  { section: 'readers', text: 'Who read the audit', href: '/audit/looks/readers' },
  { section: 'unusual', text: 'Unusual use', href: '/audit/unusual', whole: true },
  { section: 'export', text: 'Export', href: '/audit/export', whole: true },
] as const;
export type Section = (typeof SECTIONS)[number]['section'];

export type AuditFacts = Pick<PageFacts, 'title' | 'back' | 'problem'> & { section: Section };

/** A page of the audit with its second row of navigation. A manager sees what is there for the own team. */
export function renderAudit(pages: Pages, { reader }: Asker, template: string, { section, ...facts }: AuditFacts, shown: object): string {
  const team = teamSeenBy(reader);
  const sections = SECTIONS.filter((entry) => !((team === null ? 'team' : 'whole') in entry)).map(({ section: name, text, href }) => ({
    text,
    href,
    active: name === section,
  }));
  return pages.render(
    `audit-pages/${template}`,
    { ...facts, reader, place: 'audit', paper: '/printed/audit' },
    { ...shown, sections, team },
  );
}

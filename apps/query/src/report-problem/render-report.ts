import type { Answer } from '../ask.js';
import type { Authority } from '../authority.js';
import type { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { Asker, Reader } from '../sign-in/reader.js';
import { addressesSaid } from '../view-person/addresses-said.js';
import { paperOf } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import type { PersonIdentity } from '../view-person/person-identity.js';
import type { ServicePanel } from '../view-person/service-panel.js';
import { desksInstead } from './ruled-out.js';

export interface ReportForm {
  identity: PersonIdentity;
  /** When it was read; milliseconds since 1970. */
  askedAt: number;
  heading: string;
  /** Whom the report goes to, and what readers see of it. */
  goesTo: string;
  action: string;
  /** Whether it goes to the data analysts alone, as the form sends back; left out: it is with a value. */
  analystsAlone?: boolean;
  /** Said instead of sending: the reader has reported the same before. */
  already?: string | undefined;
  /** The panel's involvements to choose from; a single one is chosen by itself. Left out: there is none to choose. */
  involvements?: { value: string; text: string; hint?: { text: string } }[];
  /** The values to choose from; none: it is with a panel. */
  values?: { value: string; text: string; hint: { text: string } }[];
  /** What is shown above and can't be chosen: "date of birth". */
  notAmong?: string;
  categories: { value: string; text: string; hint?: { text: string } | false }[];
  /** Whom to ring if it can't wait. */
  desks: Authority['desk'][];
}

/** The form by which a problem is reported, with a panel or with a value alike. */
export function renderReport(
  pages: Pages,
  { reader }: Asker,
  address: PersonAddress,
  form: ReportForm,
  typed: Typed,
  problems: readonly Problem[],
): string {
  return pages.render('report-problem/report-problem.njk', factsOf(reader, address, problems.length > 0), {
    ...form,
    addresses: addressesSaid(form.identity, form.askedAt),
    typed: {
      value: textIn(typed, 'value'),
      involvement: textIn(typed, 'involvement'),
      category: typed === undefined && form.categories.length === 1 ? form.categories[0]!.value : textIn(typed, 'category'),
      words: textIn(typed, 'words'),
      named: textIn(typed, 'named'),
    },
    ...shownProblems(problems),
  });
}

/** Of a service that a rule leaves out: whom to ring instead. */
export function renderRuledOut(
  pages: Pages,
  { reader }: Asker,
  address: PersonAddress,
  { result: { identity, panel }, askedAt }: Answer<{ identity: PersonIdentity; panel: ServicePanel }>,
): string {
  return pages.render('report-problem/ruled-out.njk', factsOf(reader, address, false), {
    identity,
    panel,
    addresses: addressesSaid(identity, askedAt),
    desks: desksInstead(panel, pages.authority),
  });
}

const factsOf = (reader: Reader, address: PersonAddress, problem: boolean) =>
  ({
    title: 'Report a problem with a record',
    reader,
    place: 'search',
    back: { text: 'Back to the person', href: address.path },
    paper: paperOf(address, 'problem'),
    problem,
  }) as const;

import { Get, Param, Query } from '@nestjs/common';
import { caseManagementOf } from '../authority.js';
import { Viewed } from '../caseload/viewed.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { listed } from '../listed-words.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { addressesSaid } from './addresses-said.js';
import { type AskedOfPerson, OfPerson } from './asked-of-person.js';
import { type OpenedPanel, OpenPanel } from './open-panel.query.js';
import { isOverridden, PagesAboutPerson } from './pages-about-person.js';
import { ALL, type PersonAddress } from './person-address.js';
import { isRuledOut, type ServicePanel } from './service-panel.js';
import { type PersonPage as PersonShown, ViewPerson } from './view-person.query.js';

@PageController()
export class PersonPage {
  constructor(
    private readonly about: PagesAboutPerson,
    private readonly pages: Pages,
    private readonly viewed: Viewed,
  ) {}

  /** With `services` (`school,police`, or `all`) these panels are open: each is asked, and so audited, by itself. */
  @Get(['/people/:person', '/people/:person/services/:services'])
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson, @Query('sent') sent: unknown): Promise<string | undefined> {
    const { asker, address, way } = asked;
    const answer = await this.about.ask(asked, new ViewPerson(address.person, way), ({ path }) => path);
    if (answer === undefined) return undefined;
    // One hop from a child, the way back to both is the child's page.
    const overridden = isOverridden(asked);
    if (!overridden) await this.viewed.note(asker, address.child ?? address.person);
    const opened = new Map<string, OpenedPanel>();
    const shut = answer.result.panels.filter(({ canOpen }) => !canOpen).map(({ service }) => service);
    for (const service of address.openOf(openableOf(answer.result))) {
      // The way back from a report leads to a panel whether or not it opens: nothing more is shown of it, and so nothing was opened.
      if (shut.includes(service)) continue;
      const panel = await this.about.ask(asked, new OpenPanel(address.person, service, way), ({ path }) => path);
      if (panel === undefined) return undefined;
      opened.set(service, panel.result);
    }
    const { result, sources } = answer;
    return this.about.render('view-person/person.njk', '', asked, answer, {
      ...panelsOf(result, opened, address, asker),
      sentWords: sentWords(sent, [...result.problems, ...result.missing, ...[...opened.values()].flatMap(({ problems }) => problems)]),
      addresses: addressesSaid(result.identity, answer.askedAt),
      linksAsOf: sources.find(({ source }) => source === caseManagementOf(this.pages.authority).id)?.completeTo ?? null,
      known: address.part('known'),
      /** A doubt about a restricted record, a problem with it, or a claim, would tell of it. */
      report: overridden ? null : address.part('problem'),
      doubt: overridden ? null : address.part('doubt'),
      claimTo: overridden ? null : (other: string) => address.part(`same/${other}`),
    });
  }

  /** One panel, opened, on a page of its own: what a script lays into the person's page. */
  @Get('/people/:person/panels/:service')
  @AsPage()
  async panel(@OfPerson() asked: AskedOfPerson, @Param('service') service: string): Promise<string | undefined> {
    const { asker, address, way } = asked;
    const answer = await this.about.ask(asked, new OpenPanel(address.person, service, way), (moved) => moved.part(`panels/${service}`));
    if (answer === undefined) return undefined;
    const { identity, panel, ...opened } = answer.result;
    return this.about.render('view-person/opened-panel.njk', '', asked, answer, {
      panel: { ...panel, ...opened, ...addressesOf(address, panel, asker) },
      addresses: addressesSaid(identity, answer.askedAt),
    });
  }
}

const openableOf = ({ panels }: Pick<PersonShown, 'panels'>) => panels.filter(({ canOpen }) => canOpen).map(({ service }) => service);

/** Told only of a problem that stands on the page: an address can't make it up. */
function sentWords(sent: unknown, problems: PersonShown['problems']): string | null {
  const problem = problems.find(({ id }) => id === sent);
  if (problem === undefined) return null;
  const asked = problem.asked.map(({ database }) => database).filter((database) => database !== null);
  return `The report has been sent to ${asked.length > 0 ? `those who answer for ${listed(asked)}` : 'the data analysts'}.`;
}

/** The panels, those opened with their content and their own newest state, and the addresses that open or close each. */
function panelsOf({ panels, missing }: PersonShown, opened: Map<string, OpenedPanel>, address: PersonAddress, asker: Asker) {
  const openable = openableOf({ panels });
  const shown = address.opening([...opened.keys()]);
  return {
    panels: panels.map((panel) => ({
      ...(opened.get(panel.service)?.panel ?? panel),
      involvements: opened.get(panel.service)?.involvements ?? null,
      problems: opened.get(panel.service)?.problems ?? missing.filter(({ service }) => service === panel.service),
      ...addressesOf(shown, panel, asker),
    })),
    openAll: address.opening([ALL]).path,
    closeAll: address.opening([]).path,
    canOpenAny: openable.length > 0,
    allOpen: openable.every((service) => opened.has(service)),
    noneOpen: !openable.some((service) => opened.has(service)),
  };
}

const addressesOf = (address: PersonAddress, { service, state }: ServicePanel, { overriding }: Asker) => ({
  toggle: address.toggled(service).path,
  alone: address.part(`panels/${service}`),
  /** A problem with a restricted record would tell of it; one where a rule leaves the service out, of this one person where everybody is to look the same. */
  report: overriding?.person === address.person || isRuledOut(state) ? null : address.part(`panels/${service}/problem`),
});

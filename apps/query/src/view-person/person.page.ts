import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { caseManagementOf } from '../authority.js';
import { Viewed } from '../caseload/viewed.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { addressesSaid } from './addresses-said.js';
import { type OpenedPanel, OpenPanel } from './open-panel.query.js';
import { PagesAboutPerson, wayOf } from './pages-about-person.js';
import { ALL, type PersonAddress } from './person-address.js';
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
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('services') services: string | undefined,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, services ?? '', query);
    const way = wayOf(address, query);
    const answer = await this.about.ask(
      asker,
      new ViewPerson(person, way),
      reply,
      ({ movedTo, child }) => address.movedTo(movedTo, child).path,
    );
    if (answer === undefined) return undefined;
    // One hop from a child, the way back to both is the child's page.
    if (asker.overriding?.person !== address.person) await this.viewed.note(asker, address.child ?? address.person);
    const opened = new Map<string, OpenedPanel>();
    for (const service of address.openOf(openableOf(answer.result))) {
      const panel = await this.about.ask(asker, new OpenPanel(person, service, way), reply, () => address.path);
      if (panel === undefined) return undefined;
      opened.set(service, panel.result);
    }
    const { result, sources } = answer;
    return this.about.render('view-person/person.njk', '', asker, address, answer, {
      ...panelsOf(result, opened, address, asker),
      addresses: addressesSaid(result.identity),
      linksAsOf: sources.find(({ source }) => source === caseManagementOf(this.pages.authority).id)?.completeTo ?? null,
      printing: way.print,
      printed: address.printed(),
      known: address.part('known'),
      /** A doubt about a restricted record, a problem with it, or a claim, would tell of it. */
      report: asker.overriding?.person === address.person ? null : address.part('problem'),
      doubt: asker.overriding?.person === address.person ? null : address.part('doubt'),
      claimTo: asker.overriding?.person === address.person ? null : (other: string) => address.part(`same/${other}`),
      pathTo: (relative: string) => address.toRelative(relative).path,
    });
  }

  /** One panel, opened, on a page of its own: what a script lays into the person's page. */
  @Get('/people/:person/panels/:service')
  @AsPage()
  async panel(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('service') service: string,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = this.about.addressOf(person, service, query);
    const asked = new OpenPanel(person, service, wayOf(address, query));
    const answer = await this.about.ask(asker, asked, reply, ({ movedTo, child }) =>
      address.movedTo(movedTo, child).part(`panels/${service}`),
    );
    if (answer === undefined) return undefined;
    const { identity, panel, ...opened } = answer.result;
    return this.about.render('view-person/opened-panel.njk', '', asker, address, answer, {
      panel: { ...panel, ...opened, ...addressesOf(address, service, asker) },
      addresses: addressesSaid(identity),
    });
  }
}

const openableOf = ({ panels }: Pick<PersonShown, 'panels'>) => panels.filter(({ canOpen }) => canOpen).map(({ service }) => service);

/** The panels, those opened with their content and their own newest state, and the addresses that open or close each. */
function panelsOf({ panels, missing }: PersonShown, opened: Map<string, OpenedPanel>, address: PersonAddress, asker: Asker) {
  const openable = openableOf({ panels });
  const shown = address.opening([...opened.keys()]);
  return {
    panels: panels.map((panel) => ({
      ...(opened.get(panel.service)?.panel ?? panel),
      involvements: opened.get(panel.service)?.involvements ?? null,
      problems: opened.get(panel.service)?.problems ?? missing.filter(({ service }) => service === panel.service),
      ...addressesOf(shown, panel.service, asker),
    })),
    openAll: address.opening([ALL]).path,
    closeAll: address.opening([]).path,
    canOpenAny: openable.length > 0,
    allOpen: openable.every((service) => opened.has(service)),
    noneOpen: !openable.some((service) => opened.has(service)),
  };
}

const addressesOf = (address: PersonAddress, service: string, { overriding }: Asker) => ({
  toggle: address.toggled(service).path,
  alone: address.part(`panels/${service}`),
  /** A problem with a restricted record would tell of it. */
  report: overriding?.person === address.person ? null : address.part(`panels/${service}/problem`),
});

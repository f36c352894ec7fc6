import { Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Answer, Ask } from '../ask.js';
import { caseManagementOf } from '../authority.js';
import { Viewed } from '../caseload/viewed.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { addressesSaid } from './addresses-said.js';
import { hasMoved } from './moved-person.js';
import { type OpenedPanel, OpenPanel } from './open-panel.query.js';
import { PersonAddress } from './person-address.js';
import { type PersonPage as PersonShown, ViewPerson } from './view-person.query.js';

@PageController()
export class PersonPage {
  constructor(
    private readonly asking: Ask,
    private readonly pages: Pages,
    private readonly viewed: Viewed,
  ) {}

  /** With `services` (`school,police`) these panels are open: each is asked, and so audited, by itself. */
  @Get(['/people/:person', '/people/:person/services/:services'])
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('services') services: string | undefined,
    @Query('search') search: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const address = PersonAddress.read(person, services ?? '', search);
    const { result, sources } = found(await this.asking.ask(asker, new ViewPerson(address.person)));
    if (hasMoved(result)) {
      reply.redirect(address.movedTo(result.movedTo).path, 303);
      return undefined;
    }
    const restricted = asker.overriding?.person === address.person;
    if (!restricted) await this.viewed.note(asker, address.person);
    const opened = new Map<string, OpenedPanel>();
    for (const service of address.open) {
      const panel = found(await this.asking.ask(asker, new OpenPanel(address.person, service))).result;
      if (!hasMoved(panel)) opened.set(service, panel);
    }
    return this.pages.render(
      'view-person/person.njk',
      { title: 'Service involvement of a person', reader: asker.reader, place: 'search', back: address.back, restricted },
      {
        ...result,
        ...panelsOf(result, opened, address),
        addresses: addressesSaid(result.identity),
        late: sources.filter((source) => source.late),
        dropped: sources.filter((source) => source.dropped),
        linksAsOf: sources.find(({ source }) => source === caseManagementOf(this.pages.authority).id)?.completeTo ?? null,
        search: address.searchPart,
        returning: address.asQuery,
      },
    );
  }
}

function found<Result>(answer: Answer<Result | null>): Answer<Result> {
  if (answer.result === null) throw new NotFoundException();
  return answer as Answer<Result>;
}

/** The panels, those opened with their content and their own newest state, and the addresses that open or close each. */
function panelsOf({ panels }: PersonShown, opened: Map<string, OpenedPanel>, address: PersonAddress) {
  const openable = panels.filter(({ canOpen }) => canOpen).map(({ service }) => service);
  return {
    panels: panels.map((panel) => ({
      ...(opened.get(panel.service)?.panel ?? panel),
      involvements: opened.get(panel.service)?.involvements ?? null,
      toggle: address.toggled(panel.service).path,
    })),
    openAll: openable.some((service) => !opened.has(service)) ? address.opening(openable).path : null,
    closeAll: opened.size > 0 ? address.opening([]).path : null,
  };
}

import { Injectable, NotFoundException } from '@nestjs/common';
import { type Answer, Ask } from '../ask.js';
import type { AuditedQuery } from '../audited-query.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { ChoosePart } from './choose-part.query.js';
import { hasMoved, type MovedPerson } from './moved-person.js';
import type { AskedOfPerson } from './asked-of-person.js';
import type { Tab } from './people-before.js';
import type { PersonAddress } from './person-address.js';
import type { Paper } from './print-looks.js';

type Part = Tab | '';
const PARTS: Record<Part, string> = {
  '': 'Involvement',
  family: 'Family',
  contacts: 'Contacts',
  addresses: 'Addresses',
  why: 'Why one person',
};

/** What the pages about a person have in common: their address, who they are about, the way back, what is said of freshness. */
@Injectable()
export class PagesAboutPerson {
  constructor(
    private readonly asking: Ask,
    private readonly pages: Pages,
  ) {}

  /**
   * The answer, or undefined where the reader is led on to the id used now, or asked whom of several they mean. Nobody, or nobody who may be seen by this way: not found.
   * @param pathOf this page's path, of whomever it is about
   */
  async ask<Result extends object>(
    { asker, address, reply }: AskedOfPerson,
    query: AuditedQuery<Result | MovedPerson | null>,
    pathOf: (address: PersonAddress) => string,
  ): Promise<Answer<Result> | undefined> {
    const { result, ...answer } = await this.asking.ask(asker, query);
    if (result === null) throw new NotFoundException();
    if (!hasMoved(result)) return { result, ...answer };
    const movedTo = ({ movedTo, child }: MovedPerson) => pathOf(address.movedTo(movedTo, child));
    const choices = result.split && query.person ? await this.choices(asker, query.person, result, movedTo) : null;
    if (choices === null) reply.redirect(movedTo(result), 303);
    else reply.status(300).header('content-type', 'text/html; charset=utf-8').send(choices);
    return undefined;
  }

  /** The page on which to choose whom of those a person was split into is meant; null: there are no two to see any more. */
  private async choices(
    asker: Asker,
    person: string,
    { child }: MovedPerson,
    movedTo: (moved: MovedPerson) => string,
  ): Promise<string | null> {
    const { result } = await this.asking.ask(asker, new ChoosePart(person));
    if (result === null) return null;
    const back = { text: 'New search', href: '/search' };
    const facts = {
      title: 'This person was split: choose',
      reader: asker.reader,
      place: 'search',
      back,
      paper: '/printed/results',
    } as const;
    const people = result.people.map((part) => ({ words: part.words, href: movedTo({ movedTo: part.person, child }) }));
    return this.pages.render('view-person/choose-part.njk', facts, { people, more: result.more });
  }

  render(template: string, part: Part, asked: AskedOfPerson, { sources, askedAt, result }: Answer<object>, shown: object): string {
    const { asker, address, way } = asked;
    return this.pages.render(
      template,
      {
        title: TITLES[part],
        reader: asker.reader,
        place: 'search',
        back: address.back,
        paper: paperOf(address, part === '' ? 'person' : part),
        restricted: isOverridden(asked),
      },
      {
        ...result,
        tabs: tabsOf(address, part),
        late: sources.filter((source) => source.late),
        dropped: sources.filter((source) => source.dropped),
        sources,
        askedAt,
        isHop: address.isHop,
        child: address.child,
        returning: address.asQuery,
        printing: way.print,
        printed: part === '' ? address.printed() : address.printed(part),
        pathTo: pathTo(asked, part),
        ...shown,
      },
    );
  }
}

const TITLES: Record<Part, string> = {
  '': 'Service involvement of a person',
  family: 'Family of a person',
  contacts: 'Whom to contact about a person',
  addresses: 'Addresses of a person',
  why: 'Why records are shown as one person',
};

/** One hop from a child there is no next one, and so neither family nor contacts around it. */
function tabsOf(address: PersonAddress, active: Part) {
  const parts = (Object.keys(PARTS) as Part[]).filter((part) => !address.isHop || part === '' || part === 'addresses' || part === 'why');
  return parts.map((part) => ({ text: PARTS[part], href: address.part(part), active: part === active }));
}

/** Where it is put on record that a browser printed a page about this person. */
export const paperOf = (address: PersonAddress, paper: Paper): string => address.part(`printed/${paper}`);

/** Where somebody else is looked at who is named on a page about a person; from there the way back leads to that page. */
export const pathTo =
  (asked: Pick<AskedOfPerson, 'asker' | 'address'>, part: Part) =>
  (other: string): string => {
    const there = asked.address.toRelative(other, part);
    return (isOverridden(asked) ? there.untold() : there).path;
  };

/** Whether the reader sees somebody past their restriction: then nothing is offered that would tell others of it. */
export const isOverridden = ({ asker, address }: Pick<AskedOfPerson, 'asker' | 'address'>): boolean =>
  asker.overriding?.person === address.person;

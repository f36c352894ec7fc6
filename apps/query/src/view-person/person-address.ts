import { NotFoundException } from '@nestjs/common';
import type { Authority } from '../authority.js';
import { beforeOf, type Left, leftIn, type Tab } from './people-before.js';
import { personIdIn } from './person-id.js';

const SERVICES = /^[a-z]+(-[a-z]+)*(,[a-z]+(-[a-z]+)*){0,30}$/;
/** Stands for every panel that can be opened, so that an address and the browser's history do not list who is involved. */
export const ALL = 'all';
const SEARCH = /^[\w-]{1,100}$/;

/**
 * How a page was reached: child first, the child it goes through; the search, the other system's link, or the caseload it came from; and from
 * whose page to whose, by their ids and tabs. Nothing says that these people are related: they may be related, namesakes, or made up.
 */
type From = Record<'child' | 'search' | 'link' | 'from' | 'before', string | null>;

/** The addresses of a person's pages: whom they show, which panels are open, and how they were reached. Ids and codes only. */
export class PersonAddress {
  private readonly from: From;

  private constructor(
    readonly person: string,
    readonly open: readonly string[],
    from: From,
  ) {
    // The child in an address is what lets the reader in, and one hop is the end: nobody else is led back to.
    this.from = from.child === null ? from : { ...from, before: null };
  }

  static of(person: string, child: string | null, link: string | null = null): PersonAddress {
    return new PersonAddress(person, [], { child, search: null, link, from: null, before: null });
  }

  /** Reads the parts of an address; whatever can't be one is simply not found. */
  static read(person: string, services: string, { child, search, link, from, before }: Record<string, unknown>): PersonAddress {
    if (personIdIn(person) === null || (services !== '' && !SERVICES.test(services))) throw new NotFoundException();
    const open = services === '' ? [] : [...new Set(services.split(','))];
    const id = (value: unknown) => (typeof value === 'string' ? personIdIn(value) : null);
    return new PersonAddress(person, open, {
      child: id(child),
      search: typeof search === 'string' && SEARCH.test(search) ? search : null,
      link: id(link),
      from: from === 'caseload' ? from : null,
      before: typeof before === 'string' ? beforeOf(leftIn(before) ?? []) : null,
    });
  }

  /** Reads the query of a page that leads back here; null where it names no person. */
  static fromQuery({ person, open, ...from }: Record<string, unknown>): PersonAddress | null {
    return typeof person === 'string' ? PersonAddress.read(person, typeof open === 'string' ? open : '', from) : null;
  }

  get child(): string | null {
    return this.from.child;
  }

  /** Where the authority has nothing but child first, whoever is reached through nobody is the child. */
  in({ journeys }: Pick<Authority, 'journeys'>): PersonAddress {
    return this.child !== null || journeys.includes('search-any') ? this : this.movedTo(this.person, this.person);
  }

  /** One hop from a child: there is no next one. */
  get isHop(): boolean {
    return this.child !== null && this.child !== this.person;
  }

  get path(): string {
    return this.part(this.open.length > 0 ? `services/${this.open.join(',')}` : '');
  }

  /** Another page about this person: `family`, `contacts`, `addresses`, `why`. */
  part(name: string): string {
    return `/people/${this.person}${name && `/${name}`}${queryOf(this.from)}`;
  }

  /** The same as the query of a page that leads back here. */
  get asQuery(): string {
    const { person, open } = this;
    return queryOf({ person, open: open.length > 0 ? open.join(',') : null, ...this.from });
  }

  /** Somebody named on this person's pages: child first, one hop from the child; else with a way back here. @param tab they are named on */
  toRelative(person: string, tab: Tab | '' = ''): PersonAddress {
    if (this.child !== null) return new PersonAddress(person, [], this.from);
    const before = [...this.before, { person: this.person, tab }];
    const known = before.findIndex((one) => one.person === person);
    return this.after(known === -1 ? before : before.slice(0, known), person);
  }

  /**
   * The same without a way back here, and not through them as the child: what stays in a browser's history is not to tell who was named on a
   * restricted person's pages. Nobody is reached through such a child anyway: the record closes when it is left.
   */
  untold(): PersonAddress {
    return new PersonAddress(this.person, [], { ...this.from, child: null, before: null });
  }

  private get before(): Left[] {
    return leftIn(this.from.before ?? '') ?? [];
  }

  private after(before: readonly Left[], person: string): PersonAddress {
    return new PersonAddress(person, [], { ...this.from, before: beforeOf(before) });
  }

  /** This page, or another part of it, to be printed: that is on record. */
  printed(part?: string): string {
    const path = part === undefined ? this.path : this.part(part);
    return `${path}${path.includes('?') ? '&' : '?'}print=yes`;
  }

  /** This page, telling that a problem has been sent. @param at the panel it is with */
  sent(problem: string, at = ''): string {
    return `${this.path}${this.path.includes('?') ? '&' : '?'}sent=${problem}${at && `#${at}`}`;
  }

  get back(): { text: string; href: string } {
    const { child, search, link, from } = this.from;
    if (this.isHop) return { text: 'Back to the child', href: this.toRelative(child!).path };
    const last = this.before.at(-1);
    if (last !== undefined) return { text: 'Back to the person before', href: this.toRelative(last.person).part(last.tab) };
    if (link !== null) return { text: 'Back to where you came from', href: `/links/${link}/back` };
    if (search !== null) return { text: 'Back to results', href: `/search/${search}` };
    if (from !== null) return { text: 'My caseload', href: '/caseload' };
    return { text: 'New search', href: child === null ? '/search' : '/search?journey=child-first' };
  }

  opening(services: readonly string[]): PersonAddress {
    return new PersonAddress(this.person, services, this.from);
  }

  /** The panels that are open. @param openable those that can be */
  openOf(openable: readonly string[]): readonly string[] {
    return this.open.includes(ALL) ? openable : this.open;
  }

  toggled(service: string): PersonAddress {
    return this.opening(this.open.includes(service) ? this.open.filter((other) => other !== service) : [...this.open, service]);
  }

  /** A person's page reached in the same way. @param child the one to go through now */
  movedTo(person: string, child = this.from.child): PersonAddress {
    return new PersonAddress(person, this.open, { ...this.from, child });
  }
}

function queryOf(values: Record<string, string | null>): string {
  const said = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null);
  return said.length === 0 ? '' : `?${new URLSearchParams(said).toString()}`;
}

import { NotFoundException } from '@nestjs/common';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SERVICES = /^[a-z]+(-[a-z]+)*(,[a-z]+(-[a-z]+)*){0,30}$/;
const SEARCH = /^[\w-]{1,100}$/;

/** The address of a person's page: whom it shows, which panels are open, and the search it was reached from. Ids and codes only. */
export class PersonAddress {
  private constructor(
    readonly person: string,
    readonly open: readonly string[],
    private readonly search: string | null,
  ) {}

  /** Reads the parts of an address; whatever can't be one is simply not found. */
  static read(person: string, services: string, search: unknown): PersonAddress {
    if (!UUID.test(person) || (services !== '' && !SERVICES.test(services))) throw new NotFoundException();
    const open = services === '' ? [] : [...new Set(services.split(','))];
    return new PersonAddress(person, open, typeof search === 'string' && SEARCH.test(search) ? search : null);
  }

  get path(): string {
    const services = this.open.length > 0 ? `/services/${this.open.join(',')}` : '';
    return `/people/${this.person}${services}${this.searchPart}`;
  }

  /** The same as the query of a page that leads back here. */
  get asQuery(): string {
    const { person, open, search } = this;
    return `?${new URLSearchParams({ person, ...(open.length > 0 && { open: open.join(',') }), ...(search !== null && { search }) }).toString()}`;
  }

  /** Reads such a query; null where it names no person. */
  static fromQuery({ person, open, search }: Record<string, unknown>): PersonAddress | null {
    return typeof person === 'string' ? PersonAddress.read(person, typeof open === 'string' ? open : '', search) : null;
  }

  /** Keeps the way back to the results through all links of the page. */
  get searchPart(): string {
    return this.search === null ? '' : `?search=${this.search}`;
  }

  get back(): { text: string; href: string } {
    return this.search === null ? { text: 'New search', href: '/search' } : { text: 'Back to results', href: `/search/${this.search}` };
  }

  opening(services: readonly string[]): PersonAddress {
    return new PersonAddress(this.person, services, this.search);
  }

  toggled(service: string): PersonAddress {
    return this.opening(this.open.includes(service) ? this.open.filter((other) => other !== service) : [...this.open, service]);
  }

  movedTo(person: string): PersonAddress {
    return new PersonAddress(person, this.open, this.search);
  }
}

import { personIdIn } from './person-id.js';

/** How a reader comes to a person, as the address says. */
export interface Way {
  /** Child first: the child it goes through, themself included. Null: any individual, by a search. */
  child?: string | null;
  /** To be printed: on record as such. */
  print?: boolean;
}

/** A person and the child they are reached through; null where what was asked for is nobody's id. */
export interface Asked {
  readonly person: string | null;
  readonly child: string | null;
}

export const askedFor = (person: string, { child = null }: Way): Asked => ({
  person: personIdIn(person),
  child: child === null ? null : personIdIn(child),
});

/** Whether this is one hop from a child: from there, there is no next one. */
export const isHop = ({ person, child }: Asked): boolean => child !== null && child !== person;

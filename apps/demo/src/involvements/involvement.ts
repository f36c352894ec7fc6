import type { SourceEventInput } from '#lib/events';
import type { Day } from '../days.js';
import type { Family, Person } from '../families/person.js';
import type { Random } from '../random.js';
import type { Practitioner, Team } from '../staff/team.js';

export type ServiceFacts = NonNullable<Extract<SourceEventInput, { type: 'InvolvementOpened' }>['details']>;

/** A service's contact with one person, as its own system has it. */
export interface Involvement {
  openedOn: Day;
  closedOn: Day | null;
  reason: string | null;
  team: Team;
  /** Who has held it, in order; null where nobody is named. */
  workers: { from: Day; practitioner: Practitioner | null }[];
  coordinating: boolean;
  facts: ServiceFacts | null;
  /** Entered in error and taken back. */
  retractedOn: Day | null;
}

/** What a service needs to know to say how it is involved with somebody. */
export interface Occasion {
  person: Person;
  family: Family;
  teams: readonly Team[];
  chance: Random;
  today: Day;
}

import type { Service } from '#lib/events';
import type { Day } from '../days.js';
import type { Family, Person } from '../families/person.js';
import type { Involvement, Occasion } from '../involvements/involvement.js';
import type { Random } from '../random.js';
import type { Habits } from '../spelling/habits.js';
import type { TeamPlan } from '../staff/team.js';

/** One of the systems of Northbridge: whom it has come across, how it writes, what its service does. */
export interface SourceSystem {
  source: string;
  service: Service;
  /** Further services it speaks for, as the authority’s settings say. */
  alsoFor?: Service[];
  area: string;
  coversFrom: Day;
  /** How often it says that it has looked, in the live trickle. */
  checksEverySeconds: number;
  teams: readonly TeamPlan[];
  habits: Habits;
  /** Who of a family is known here; `elsewhere` are those whom the systems before have come across. */
  knows(family: Family, chance: Random, today: Day, elsewhere: ReadonlySet<Person>): Person[];
  /** How the service has been involved with one of them. */
  involvements(occasion: Occasion): Involvement[];
  /** Whether the system keeps who is related to whom. */
  keepsRelationships: boolean;
  marksRestrictions: boolean;
}

/** Numbers given out in no visible order: unique for n below 900,001, which is prime to the step. */
export const scattered = (n: number, first: number): number => first + ((n * 370_373) % 899_981);

import type { RelationshipType } from '#lib/events';
import type { Day } from '../days.js';
import type { Name, Sex } from '../names/name-a-person.js';
import type { Origin } from '../names/origin.js';
import type { Address } from './address.js';

/** Someone of Northbridge as they truly are; what each system makes of them is another matter. */
export interface Person {
  /** The truth that matching tries to find again. */
  id: string;
  family: number;
  origin: Origin;
  sex: Sex;
  name: Name;
  formerNames: (Name & { until: Day })[];
  /** The day of birth, or the expected one while `unborn`. */
  born: Day;
  unborn: boolean;
  deceasedOn: Day | null;
  mother: Person | null;
  father: Person | null;
  /** In order; the last is where the person lives now. */
  homes: Home[];
  phone: string | null;
  nhsNumber: string | null;
  upn: string;
  restricted: boolean;
}

export interface Home extends Address {
  from: Day;
  to: Day | null;
  kind: 'home' | 'placement' | 'refuge';
  confidential: boolean;
}

/** `other` is the `relationship` of `of`: a mother is the parent of her child. */
export interface Tie {
  of: Person;
  other: Person;
  relationship: RelationshipType;
  parentalResponsibility: boolean;
  mainCarer: boolean;
  startedOn: Day | null;
  endedOn: Day | null;
}

/** People who belong together, in one household or several. */
export interface Family {
  number: number;
  people: Person[];
  ties: Tie[];
  /** How much help the family needs, 0 to 1: what draws services in. */
  need: number;
}

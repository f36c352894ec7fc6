/** How a family's names are passed on. */
export type NamingCustom =
  /** One family name, taken by the children and often by a wife. */
  | 'inherited'
  /** As above, with a woman's form (Kowalski, Kowalska). */
  | 'gendered'
  /** No family name: own name, father's name, grandfather's name. */
  | 'patronymic'
  /** Women carry a name of their own in place of a family name (Begum, Bibi, Kaur). */
  | 'womens-second-name'
  /** One name and no more. */
  | 'one-name';

/** Where a family's names come from; `share` is its weight among the families of the town. */
export interface Origin {
  origin: string;
  share: number;
  custom: NamingCustom;
  family: readonly string[];
  female: readonly string[];
  male: readonly string[];
  /** For `womens-second-name`: what women are called instead. */
  womensNames?: readonly string[];
  /** Given names as their bearers write them in another script, which some systems keep as an alias. */
  ownScript?: Readonly<Record<string, string>>;
}

/** A pool written as one comma-separated line. */
export const pool = (names: string): readonly string[] => names.split(',').map((name) => name.trim());

/** What a visit to a route leaves on record, or why it may leave nothing. */
export type Contract =
  | { shows: string[]; at: (world: World) => string; notFound?: (world: World) => string }
  | { denied: string }
  | { acts: string; fields: Record<string, string> }
  | { exempt: string };
export interface World {
  person: string;
  search: string;
}

/** By route. */
export type Contracts = Record<string, Contract>;

/** The worker who looks, as the sign-in proved them. */
export const ROLES = {
  'social-worker': 'Social worker',
  'team-manager': 'Team manager',
  duty: 'Duty worker',
  'ig-officer': 'Information governance officer',
  'source-publisher': 'Source publisher',
  'data-steward': 'Data steward',
  operations: 'Operations',
  administrator: 'Administrator',
} as const;
export type Role = keyof typeof ROLES;

export interface Reader {
  /** User name in the authority's directory: `amara.okafor`. */
  id: string;
  name: string;
  role: Role;
  team: string;
}

/** Who asks, and in which request: what every question needs besides itself. */
export interface Asker {
  reader: Reader;
  requestId: string;
  /** For whom a reason holds that is given now: the id of this session, or the name of the machine. */
  holder: string;
  /** The restricted person whose record this session has open, and why, sealed. */
  overriding: { person: string; why: Buffer } | null;
}

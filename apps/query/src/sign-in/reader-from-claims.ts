import { EVERYBODY } from '#lib/identity';
import type { Reader, Role } from './reader.js';
import type { SignInSettings } from './sign-in-settings.js';

/** Why nobody is signed in, though the directory proved who they are. */
export interface NoReader {
  why: 'no-user-name' | 'no-role';
  /** User name, where there is one. */
  id: string | null;
}

/** A user name is written to every record: one line, and not without end. */
const USER_NAME = /^[^\s\p{C}]{1,200}$/u;

/** The reader whom an ID token's claims describe, by the names that the authority's settings give them. User names count without regard to case. */
export function readerFromClaims(claims: Readonly<Record<string, unknown>>, settings: SignInSettings): Reader | NoReader {
  const { id: idClaim, name, team, role } = settings.claims;
  const id = textOf(claims[idClaim])?.toLowerCase();
  // No person may pass for a machine, or for all.
  if (id === undefined || !USER_NAME.test(id) || id === EVERYBODY || id.startsWith('machine.')) return { why: 'no-user-name', id: null };
  const known = roleFrom(claims[role], settings.roles);
  if (known === undefined) return { why: 'no-role', id };
  return { id, name: textOf(claims[name]) ?? id, role: known, team: textOf(claims[team]) ?? '' };
}

const textOf = (claim: unknown): string | undefined => (typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : undefined);

function roleFrom(claim: unknown, roles: Readonly<Record<string, Role>>): Role | undefined {
  const held = new Set<unknown>(Array.isArray(claim) ? claim : [claim]);
  return Object.entries(roles).find(([value]) => held.has(value))?.[1];
}

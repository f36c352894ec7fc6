import type { IdentityProvider } from './identity-provider.js';
import type { Reader } from './reader.js';

/** The seeded readers of the made-up authority. */
export const DEVELOPMENT_READERS: readonly Reader[] = [
  { id: 'amara.okafor', name: 'Amara Okafor', role: 'social-worker', team: 'Assessment East' },
  { id: 'priya.nair', name: 'Priya Nair', role: 'team-manager', team: 'Assessment East' },
  { id: 'ig.officer', name: 'Ingrid Gough', role: 'ig-officer', team: 'Information Governance' },
  { id: 'ola.berg', name: 'Ola Berg', role: 'operations', team: 'Index operations' },
];

const TOKEN = /^development-([a-z.]+)$/;

/** Believes whatever name is chosen. For development only: `startQuery` refuses to run with it in production. */
export class DevelopmentReaders implements IdentityProvider {
  async begin(): Promise<string> {
    return '/sign-in';
  }

  async readerFrom({ reader }: Record<string, string>): Promise<Reader | null> {
    return readerNamed(reader);
  }

  /** Machine clients in development: `Authorization: Bearer development-amara.okafor`. */
  async readerOfToken(token: string): Promise<Reader | null> {
    return readerNamed(TOKEN.exec(token)?.[1]);
  }
}

const readerNamed = (id: string | undefined) => DEVELOPMENT_READERS.find((reader) => reader.id === id) ?? null;

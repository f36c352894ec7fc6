import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuditLog } from '#lib/audit';
import { type AccessTokens, type Caller, IssuerUnavailable, type Revocations, TokenRefused } from '#lib/identity';
import { AuditUnavailable, DirectoryUnavailable, NotAllowed, NotSignedIn } from '../errors.js';
import type { Reader } from './reader.js';
import type { SignInSettings } from './sign-in-settings.js';

/** What a machine may do: ask questions, or make links without seeing whom they lead to. */
export type MachineScope = 'query:read' | 'links:create';

/** What says who asks under /v1, and there alone; whatever else comes with it counts for nothing. */
export const tokenIn = ({ headers, routeOptions }: Pick<FastifyRequest, 'headers' | 'routeOptions'>): string | undefined =>
  routeOptions.url?.startsWith('/v1/') ? headers.authorization : undefined;

/** Machine clients that ask questions over REST: each looks in the name of its own reader. */
@Injectable()
export class MachineReaders {
  private readonly readers: ReadonlyMap<string, Reader>;

  constructor(
    private readonly tokens: AccessTokens,
    private readonly revocations: Revocations,
    private readonly audit: AuditLog,
    { machines }: SignInSettings,
  ) {
    this.readers = new Map(machines.map(({ client, reader }) => [client, reader]));
  }

  /**
   * The reader in whose name a request with this Authorization header looks.
   * What has been taken back is on record, as any other refusal of a machine that is known.
   * @throws NotSignedIn, NotAllowed, DirectoryUnavailable, AuditUnavailable
   */
  async readerOf(authorization: string, requestId: string, scope: MachineScope): Promise<Reader> {
    const { client, scopes, issuedAt } = await this.callerOf(authorization);
    const reader = this.readers.get(client);
    if (reader === undefined || !scopes.has(scope)) {
      await this.recordRefusal(client, reader === undefined ? 'unknown-machine' : 'no-scope', requestId);
      throw new NotAllowed(reader === undefined ? 'unknown-machine' : 'no-scope');
    }
    await this.stillGiven(requestId, issuedAt, client, reader.id);
    return reader;
  }

  /** The client that a token was given to; null where none is believed. */
  async clientOf(authorization: string): Promise<string | null> {
    const caller = await this.tokens.callerOf(authorization).catch(() => null);
    return caller?.client ?? null;
  }

  private async callerOf(authorization: string): Promise<Caller> {
    try {
      return await this.tokens.callerOf(authorization);
    } catch (error) {
      if (error instanceof TokenRefused) throw new NotSignedIn();
      throw error instanceof IssuerUnavailable ? new DirectoryUnavailable(error) : error;
    }
  }

  private async stillGiven(requestId: string, issuedAt: number, client: string, reader: string): Promise<void> {
    try {
      this.revocations.check(issuedAt, client, reader);
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      await this.recordRefusal(client, 'revoked', requestId);
      throw new NotSignedIn();
    }
  }

  private async recordRefusal(client: string, why: string, requestId: string): Promise<void> {
    try {
      await this.audit.record([
        { at: Date.now(), action: 'sign-in-refused', outcome: 'denied', requestId, reader: client, shown: { why, machine: true } },
      ]);
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}

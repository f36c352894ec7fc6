import * as oidc from 'openid-client';
import { IngestUnavailable } from '../errors.js';

export interface IngestClient {
  issuer: string;
  clientId: string;
  clientSecret: string;
  production: boolean;
}

const ANSWERS_WITHIN_SECONDS = 5;
/** A token is used for so much of its life: what is sent with it may take a while. */
const USED_FOR = 0.75;

/** The pages' own access token for ingest, asked for again before it is over. */
export class IngestToken {
  private held?: { token: string; until: number };

  constructor(private readonly client: IngestClient) {}

  /** @throws IngestUnavailable */
  async now(): Promise<string> {
    if (this.held && Date.now() < this.held.until) return this.held.token;
    try {
      const granted = await oidc.clientCredentialsGrant(await this.discover(), { scope: 'act-for-readers' });
      this.held = { token: granted.access_token, until: Date.now() + (granted.expires_in ?? 60) * 1000 * USED_FOR };
      return this.held.token;
    } catch (error) {
      throw new IngestUnavailable(error);
    }
  }

  /** It is not believed any more. */
  drop(): void {
    this.held = undefined;
  }

  private discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, production } = this.client;
    return oidc.discovery(new URL(issuer), clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
      // Over plain HTTP only while trying out: settings refuse such an issuer in production.
      execute: production ? [] : [oidc.allowInsecureRequests],
      timeout: ANSWERS_WITHIN_SECONDS,
    });
  }
}

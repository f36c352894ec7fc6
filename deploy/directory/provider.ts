import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { errors, interactionPolicy, Provider } from 'oidc-provider';
import { escaped, leaving, page } from './page.js';
import { readerNamed } from './readers.js';
import type { DirectorySettings } from './settings.js';

/** Any port of this machine: who tries something out starts on other ports, and tests on any. */
const THIS_MACHINE = 'http://127.0.0.1';

/** The OpenID Connect provider of the made-up authority. Nothing is kept: after a start everybody signs in again, and every token is asked for again. */
export async function openProvider(settings: DirectorySettings): Promise<Provider> {
  const { issuer, audience, machines, tokenSeconds } = settings;
  const jwk = await exportJWK(
    settings.key === '' ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : createPrivateKey(settings.key),
  );
  const key = { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: 'RS256' };
  const scopes = Object.values(machines).flatMap(({ scope }) => scope.split(' '));
  return new Provider(issuer, {
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        scope: 'openid profile',
        // A loopback address with any port is for native clients alone (RFC 8252).
        application_type: 'native',
        redirect_uris: [`${THIS_MACHINE}/sign-in/return`],
        post_logout_redirect_uris: [`${THIS_MACHINE}/signed-out`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
      ...Object.entries(machines).map(([client_id, { secret, scope }]) => ({
        client_id,
        client_secret: secret,
        scope,
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_basic' as const,
      })),
    ],
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', 'profile', ...scopes],
    claims: { profile: ['name', 'preferred_username', 'department', 'groups'] },
    conformIdTokenClaims: false,
    async findAccount(_, id) {
      const reader = readerNamed(id);
      if (!reader) return undefined;
      const { name, department, groups } = reader;
      return { accountId: id, claims: async () => ({ sub: id, preferred_username: id, name, department, groups }) };
    },
    interactions: { url: (_, { uid }) => `/choose/${uid}`, policy: withoutConsent() },
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session!.accountId, clientId: ctx.oidc.client!.clientId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    ttl: { ClientCredentials: tokenSeconds, AccessToken: 60, IdToken: 60, Interaction: 600, Session: 36_000, Grant: 36_000 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_, client) => (client?.grantTypes?.includes('client_credentials') ? audience : []),
        getResourceServerInfo(_, indicator) {
          if (indicator !== audience) throw new errors.InvalidTarget();
          return { audience, scope: scopes.join(' '), accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } };
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          ctx.body = leaving(form);
        },
        postLogoutSuccessSource(ctx) {
          ctx.body = page('You are signed out', '<p>Close the browser window if others use this computer.</p>');
        },
      },
    },
    renderError(ctx, { error, error_description }) {
      ctx.type = 'html';
      ctx.body = page('This sign-in can’t go on', `<p>${escaped(error_description ?? error)}</p>`);
    },
  });
}

/** The index is the authority's own: its readers are not asked what it may know of them. */
function withoutConsent() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

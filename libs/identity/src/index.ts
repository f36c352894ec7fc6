export { AccessTokens, type Caller } from './access-tokens.js';
export { DATABASE_CLOCK } from './database-clock.js';
export { IssuerUnavailable, TokenRefused } from './errors.js';
export { Issuer } from './issuer.js';
export { migrateSessions } from './migrate-sessions.js';
export { EVERYBODY, Revocations, revoke } from './revocations.js';

/** Names under which what has no class of its own is injected. */
export const READS = Symbol('pool on the read model');
export const OPERATIONS = Symbol('pool for operators, who read and write what stands beside personal data');
export const OPINIONS = Symbol('pool for what stewards decide: one waits for another about a pair, and nobody else for them');
export const SESSIONS = Symbol('pool on the sessions');
export const AUTHORITY = Symbol('settings of the authority');
export const PRODUCTION = Symbol('whether this is production');
export const AUDIT_TERMS_KEY = Symbol('key that opens what readers typed');
export const PROBLEMS_KEY = Symbol('key that seals the words of problems');
export const STEWARDS_KEY = Symbol('key that seals the words of data stewards and chooses which pairs two of them decide');
export const WAITING_KEPT_MS = Symbol('milliseconds for which the list of what waits for stewards is kept');
export const TERMS_KEY = Symbol('key that seals kept searches');

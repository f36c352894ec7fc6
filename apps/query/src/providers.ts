/** Names under which what has no class of its own is injected. */
export const READS = Symbol('pool on the read model');
export const AUTHORITY = Symbol('settings of the authority');

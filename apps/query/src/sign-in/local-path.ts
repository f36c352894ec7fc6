import { isUuid } from '#lib/runtime';
import { areLeft } from '../view-person/people-before.js';

/** Pages where nobody was: those of signing in and out themselves. */
const OWN = /^\/(sign-in|sign-out|signed-out|timed-out|session)(\/|$)/;
const PATH = /^(\/[\w,.-]+)+$|^\/$/;
const LONGEST = 300;
/** Words that may stand there: the page of ours that a person was opened from. */
const WORDS: Record<string, string> = { from: 'caseload' };

/**
 * Where a reader is led after signing in: a page of ours, by its path and the opaque ids and our own words behind it, never another site and nothing that was
 * typed. Null where an address is none.
 */
export function localPath(address: string): string | null {
  const here = 'http://here.invalid';
  if (!address.startsWith('/') || !URL.canParse(address, here)) return null;
  const { origin, pathname, searchParams } = new URL(address, here);
  if (origin !== here || pathname.length > LONGEST || !PATH.test(pathname) || OWN.test(pathname)) return null;
  const ours = [...searchParams].filter(isOurs);
  return ours.length === 0 ? pathname : `${pathname}?${new URLSearchParams(ours).toString()}`;
}

function isOurs([name, value]: [string, string]): boolean {
  if (name === 'before') return areLeft(value);
  return /^[a-z]+$/.test(name) && (isUuid(value) || WORDS[name] === value);
}

/** The page a form or a script was on, where a browser says so and it was one of ours. @param host of this request */
export function pageBefore(referer: string | undefined, host: string | undefined): string | null {
  if (referer === undefined || !URL.canParse(referer)) return null;
  const { host: from, pathname, search } = new URL(referer);
  return from === host ? localPath(`${pathname}${search}`) : null;
}

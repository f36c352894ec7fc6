import { isUuid } from '#lib/runtime';
/** Pages where nobody was: those of signing in and out themselves. */
const OWN = /^\/(sign-in|sign-out|signed-out|timed-out|session)(\/|$)/;
const PATH = /^(\/[\w,.-]+)+$|^\/$/;
const LONGEST = 300;
/** So many ids may stand with dots between them: those of people on the way (`before`). */
const MOST_IDS = 5;
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
  const ids = [...searchParams].filter(([name, value]) => /^[a-z]+$/.test(name) && (areIds(value) || WORDS[name] === value));
  return ids.length === 0 ? pathname : `${pathname}?${new URLSearchParams(ids).toString()}`;
}

function areIds(value: string): boolean {
  const ids = value.split('.');
  return ids.length <= MOST_IDS && ids.every(isUuid);
}

/** The page a form or a script was on, where a browser says so and it was one of ours. @param host of this request */
export function pageBefore(referer: string | undefined, host: string | undefined): string | null {
  if (referer === undefined || !URL.canParse(referer)) return null;
  const { host: from, pathname, search } = new URL(referer);
  return from === host ? localPath(`${pathname}${search}`) : null;
}

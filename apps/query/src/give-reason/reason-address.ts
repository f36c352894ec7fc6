import { localPath } from '../sign-in/local-path.js';

/** The page that asks why somebody's record is to be opened. @param to the page of that person which it leads back to */
export const reasonAddress = (person: string, to: string | null): string =>
  `/people/${person}/reason${to === null ? '' : `?${new URLSearchParams({ to }).toString()}`}`;

/** Where the reason leads back to: a page of that person, whatever stands in the address. */
export function goingBackTo(person: string, to: unknown): string {
  const own = `/people/${person}`;
  const path = typeof to === 'string' ? localPath(to) : null;
  return path !== null && path.startsWith(own) && /^([/?]|$)/.test(path.slice(own.length)) ? path : own;
}

import { personIdIn } from './person-id.js';

/** Pages about a person beside the first, as they stand in addresses. */
export const TABS = ['family', 'contacts', 'addresses', 'why'] as const;
export type Tab = (typeof TABS)[number];

/** Somebody whose page was left on the way to another's; and the tab it was left from, the first page where it is empty. */
export interface Left {
  person: string;
  tab: Tab | '';
}

/** So many people on the way are kept: an address has its bounds. */
const MOST = 5;
const ID_LENGTH = 36;

/** @param before as an address has them: an id each, a tab behind some, dots between. Null where anything else stands there */
export function leftIn(before: string): Left[] | null {
  const left = before.split('.').slice(-MOST).map(oneLeft);
  return left.some((one) => one === null) ? null : (left as Left[]);
}

/** @returns null where nobody was left */
export const beforeOf = (left: readonly Left[]): string | null =>
  left.length === 0
    ? null
    : left
        .slice(-MOST)
        .map(({ person, tab }) => (tab === '' ? person : `${person}-${tab}`))
        .join('.');

/** Whether it is what this system itself writes. */
export const areLeft = (before: string): boolean => beforeOf(leftIn(before) ?? []) === before;

function oneLeft(text: string): Left | null {
  const person = personIdIn(text.slice(0, ID_LENGTH));
  const rest = text.slice(ID_LENGTH);
  const tab = rest === '' ? '' : TABS.find((name) => rest === `-${name}`);
  return person === null || tab === undefined ? null : { person, tab };
}

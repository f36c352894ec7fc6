/** What is said where something about a person was sent and can't be read: in a panel, and once for the page. */
import { databaseName } from '../authority.js';
import { instantWords } from '../day-words.js';
import { listed } from '../listed-words.js';
import type { Snapshot } from '../snapshot.js';
import type { SourceFreshness } from '../source-freshness.js';
import type { KnownPerson } from './known-person.js';
import type { HeldBack, PersonFacts } from './read-facts.js';
import type { ServicePanel } from './service-panel.js';

const UNREAD = 'a source that can’t be made out';

/** Not even its source can be read: it may be of any service. */
const isUnread = ({ source }: HeldBack): boolean => source === '';

/** Since when the oldest of what may concern one of these sources is held back; null: nothing is. */
export const heldBackSinceOf = (heldBack: readonly HeldBack[], source: string): number | null =>
  earliest(heldBack.filter((one) => one.source === source || isUnread(one)));

/** "Something Mosaic sent about this person has been held back since 21 Nov 2026 at 14:05, so this may be incomplete."; null: nothing is. */
export function heldBackWordsOfPanel(heldBack: readonly HeldBack[], ofService: readonly SourceFreshness[]): string | null {
  if (ofService.length === 0) return null;
  const theirs = heldBack.filter(({ source }) => ofService.some((of) => of.source === source));
  const names = ofService.filter((of) => theirs.some(({ source }) => source === of.source)).map(({ name }) => name);
  const said = [
    sentence(`Something ${listed(names)} sent about this person`, theirs),
    sentence(`Something ${UNREAD} sent about this person`, heldBack.filter(isUnread)),
  ].filter((words) => words !== null);
  return said.length === 0 ? null : said.join(' ');
}

function sentence(what: string, heldBack: readonly HeldBack[]): string | null {
  const since = earliest(heldBack);
  return since === null ? null : `${what} has been held back since ${instantWords(since)}, so this may be incomplete.`;
}

/**
 * "Some information about this person from Mosaic has been held back since 21 Nov 2026 at 14:05…"; null when nothing is held back. A source is named where a panel
 * says the same, or the page has details from it: of a service that a rule leaves out, this alone would tell that it knows the person.
 */
export function heldBackWordsOf(
  { records, knownToReader }: Pick<KnownPerson, 'records' | 'knownToReader'>,
  { heldBack }: Pick<PersonFacts, 'heldBack'>,
  panels: readonly ServicePanel[],
  { authority }: Pick<Snapshot, 'authority'>,
): string | null {
  const isShown = (id: string) => !knownToReader && records.some(({ source }) => source === id);
  const saidOf = (id: string) => panels.some((panel) => panel.heldBack && panel.sources.some(({ source }) => source === id));
  const named = heldBack.filter((one) => !isUnread(one) && (saidOf(one.source) || isShown(one.source)));
  const unread = heldBack.filter(isUnread);
  const since = earliest([...named, ...unread]);
  if (since === null) return null;
  const names = [...named.map(({ source }) => databaseName(authority, source)), ...unread.map(() => UNREAD)];
  const { name, phone, outOfHoursPhone } = authority.desk;
  return `Some information about this person from ${listed(names)} has been held back since ${instantWords(since)} and has not come through. Ring ${name}: ${phone}, out of hours ${outOfHoursPhone}.`;
}

const earliest = (heldBack: readonly HeldBack[]): number | null =>
  heldBack.reduce<number | null>((first, { since }) => (first === null || since < first ? since : first), null);

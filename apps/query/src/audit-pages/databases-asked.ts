import type { Source } from '#lib/events';
import { type Authority, caseManagementOf, databaseName, knownSources } from '../authority.js';
import type { Reader } from '../sign-in/reader.js';
import { teamSeenBy } from './look-into-audit.js';

/**
 * By whose IDs this reader may ask who looked at somebody. Whoever reads everybody’s looks: of every database that readers may know of, so that a person
 * without a case ID can be told as well. A service that is hidden, or has a broker, is not named here either: its records alone show nobody to anyone. Whoever
 * sees one team’s: case IDs alone, as they search by them.
 */
export const databasesAsked = (reader: Reader, authority: Authority): Source[] =>
  teamSeenBy(reader) === null ? knownSources(authority) : [caseManagementOf(authority)];

/** "Case ID 20002", "Synergy ID S-31": what was typed, as the page says it. */
export const idWords = ({ recordId, source }: { recordId: string; source: string }, authority: Authority): string =>
  source === authority.caseManagementSystem ? `Case ID ${recordId}` : `${databaseName(authority, source)} ID ${recordId}`;

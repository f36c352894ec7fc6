import type { OperatorRequest } from '#lib/read-model';
import { type Authority, databaseName } from '../authority.js';
import { instantWords } from '../day-words.js';

const VERBS: Record<OperatorRequest['verb'], string> = {
  redrive: 'Redrive parked events',
  discard: 'Discard parked events',
  replay: 'Apply events again',
  compare: 'Compare two generations',
  check: 'Check people against the log',
};

export const STATES: Record<OperatorRequest['state'], string> = {
  waiting: 'Waiting to be taken',
  running: 'Under way',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const isCount = ({ verb, arguments: given }: Pick<OperatorRequest, 'verb' | 'arguments'>) =>
  verb === 'replay' && given.dryRun === true;

export function requestWords(request: Pick<OperatorRequest, 'verb' | 'arguments'>): string {
  return isCount(request) ? 'Count what would be applied again' : (VERBS[request.verb] ?? request.verb);
}

const LABELS: Record<string, string> = {
  source: 'Source',
  code: 'Reason code',
  subject: 'Subject token',
  offset: 'From offset',
  since: 'Published since',
  generation: 'Generation',
  live: 'Compared with, live',
  share: 'Share of people',
  people: 'People',
  released: 'Applied and let go',
  refused: 'Still can’t be folded',
  stillParked: 'Still parked',
  discarded: 'Discarded',
  read: 'Events read',
  wouldBeApplied: 'Events that would be applied again',
  applied: 'Events applied again',
  rows: 'Rows compared',
  differences: 'Differences',
  undecided: 'Rows that kept changing or were too many to look at twice',
  waitsFor: 'Waits for, reason code',
  message: 'What it said',
  firstIndex: 'First bad index',
  kind: 'Kind',
  found: 'Places found',
};

export interface Fact {
  label: string;
  words: string;
}

/** What a request was given, or came to, line by line. */
export function factsOf(values: Record<string, unknown> | null, authority: Authority): Fact[] {
  const order = Object.keys(LABELS);
  return Object.entries(values ?? {})
    .filter(([name]) => name !== 'dryRun')
    .toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, value]) => ({ label: LABELS[name] ?? name, words: wordsOf(name, value, authority) }));
}

/** The same of a count, whose events were not applied. */
export const countFactsOf = (values: Record<string, unknown> | null, authority: Authority): Fact[] =>
  factsOf(values && { read: values.read, wouldBeApplied: values.applied }, authority);

function wordsOf(name: string, value: unknown, authority: Authority): string {
  if (name === 'source') return databaseName(authority, String(value));
  if (name === 'since') return instantWords(Number(value));
  if (name === 'share') return shareWords(Number(value));
  return typeof value === 'number' ? value.toLocaleString('en-GB') : String(value);
}

/** 1 → "everything", 0.01 → "1 % of people"; 0: what a check takes at random. */
export function shareWords(share: number): string {
  if (share === 1) return 'everything';
  return share === 0 ? 'people taken at random' : `${Math.round(share * 1_000) / 10} % of people`;
}

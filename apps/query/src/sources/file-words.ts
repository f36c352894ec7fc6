import type { Counts, ToldFile } from './told-file.js';

/** What becomes of a file, as its team reads it. */
export const FILE_STATES: Record<ToldFile['state'], string> = {
  waiting: 'Waits to be confirmed',
  'waiting-for-second': 'Waits for a second person',
  checked: 'Checked only',
  publishing: 'Being published',
  published: 'Published',
  refused: 'Refused',
  'let-go': 'Let go: nobody confirmed it',
};

const REFUSALS: Record<NonNullable<ToldFile['preview']['refusal']>, string> = {
  empty: 'There is nothing in the file.',
  'no-csv': 'The file is no CSV, or a quote in it is not closed.',
  'columns-missing': 'Columns are missing. Read as empty they would say something that is not so.',
  'columns-twice': 'A column is there twice: nobody can tell which is meant.',
  cut: 'The file is not whole.',
};

const WHY_SECOND: Record<ToldFile['preview']['needsSecond'][number], string> = {
  'many-disappear': 'More of what earlier files told would disappear than was agreed.',
  'few-rows': 'It has fewer rows than a complete file of this list has.',
};

const NOT_COMPLETE: Record<NonNullable<NonNullable<ToldFile['receipt']>['notComplete']>, string> = {
  'rows-refused':
    'No, because rows were refused: whoever stands in them would read as “nothing found”. Correct them and send the file again.',
  'changes-without-a-complete-file': 'No, because no complete file of this list has come yet, or none since one whose rows were refused.',
  'other-tables-missing': 'No, because the other lists of this source have not come yet.',
  'another-door-stands-still':
    'No, because something else that this source sends is not being read: its landing topic, or the changes in its own tables. Operations know.',
};

/** What the counts of a file mean; they balance: those before `facts` add up to it. */
const COUNTS = [
  ['new', 'New: in no earlier file'],
  ['changed', 'Changed'],
  ['ended', 'Ended'],
  ['gone', 'Taken back by their own rows'],
  ['unchanged', 'Unchanged, so not published again'],
  ['repeated', 'Told again by another row, alike'],
  ['refused', 'Refused'],
  ['erased', 'About records that were erased from the index, and left out'],
  ['facts', 'Facts in the file'],
] as const;

export const countsShown = (counts: Counts) => COUNTS.map(([count, words]) => ({ words, count: counts[count], total: count === 'facts' }));

/** Rules that cost more than a fact. */
const REFUSED: Record<string, string> = {
  'as-many-cells': 'The row is refused',
  csv: 'The file is refused',
  'column-missing': 'The file is refused',
  'column-twice': 'The file is refused',
};

export const problemShown = (problem: ToldFile['problems'][number]) => ({
  ...problem,
  so: problem.outcome === 'left-out' ? 'The value is left out' : (REFUSED[problem.rule] ?? 'The fact is refused'),
});

/** Machines send files too. */
const whoWords = (who: string): string =>
  who.startsWith('reader:') ? decodeURIComponent(who.slice('reader:'.length)) : `${who} (a machine)`;

/** What would disappear is told of what files have told alone: whoever sends a source's first file must not take 0 for an answer about all it has published. */
function comparedWords({ rows, receipt, preview: { couldDisappear, nothingDisappears } }: ToldFile): string[] {
  const known =
    couldDisappear === 0
      ? 'Earlier files have told nothing of this list that could disappear.'
      : `Earlier files have told ${number(couldDisappear)} facts of this list that could disappear.`;
  return [
    ...(rows === 'all' && receipt === null && couldDisappear !== null && !nothingDisappears ? [known] : []),
    'It is compared with what earlier files of this source told, and not with what it published over HTTP or Kafka: that counts as new where this file tells it again, and stays as it is where it does not.',
    ...(receipt === null
      ? ['If that should end by this file too, ask operations before you confirm it to have ingest remember the source from the log.']
      : []),
  ];
}
const number = (count: number | null) => count?.toLocaleString('en-GB');

/** A file as its page shows it. */
export function fileShown(file: ToldFile, tables: readonly { name: string; title: string }[]) {
  const { preview, receipt, received, confirmedBy, approvedBy } = file;
  return {
    ...file,
    title: tables.find(({ name }) => name === file.table)?.title ?? file.table,
    stateWords: FILE_STATES[file.state],
    whole: file.rows === 'all' ? 'Everything the list holds' : 'Changes alone',
    sentBy: whoWords(received.from),
    confirmedWords: confirmedBy === null ? null : whoWords(confirmedBy),
    approvedWords: approvedBy === null ? null : whoWords(approvedBy),
    refusal: preview.refusal === null ? null : REFUSALS[preview.refusal],
    whySecond: preview.needsSecond.map((why) => WHY_SECOND[why]),
    share: `${(preview.disappearingShare * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`,
    counts: countsShown(receipt?.counts ?? preview.counts),
    comparedWords: comparedWords(file),
    rowsRefused: (receipt?.counts ?? preview.counts).unreadable,
    disappeared: (receipt?.counts ?? preview.counts).disappeared,
    notComplete: receipt?.notComplete ? NOT_COMPLETE[receipt.notComplete] : null,
  };
}
export type FileShown = ReturnType<typeof fileShown>;

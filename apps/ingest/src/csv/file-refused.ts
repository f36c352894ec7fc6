/** Why a file, or what is asked of one, is refused; nothing of it was published. */
export const FILE_REFUSALS = {
  'no-csv-door': [404, 'This source sends no files.', 'Its mapping opens the door for files: doors: […, "csv"].'],
  'no-such-table': [404, 'The source has no such table.', 'Name one of its mapping with ?table=…'],
  'no-such-file': [404, 'There is no such file.', 'List the files of the source.'],
  'export-time': [
    400,
    'The file does not say when it was exported.',
    'Send ?exportedAt=2026-11-20T05:00:00Z, a time that has come. In a watched folder its name says it: list.2026-11-20T05-00-00Z.csv.',
  ],
  cut: [409, 'The file is not whole.', 'Its bytes are not those whose SHA-256 was declared. Send it again.'],
  'other-rows': [409, 'The file has another number of rows than was said.', 'Check the number.'],
  'too-large': [413, 'The file is too large.', 'Send 1 GB at most; a larger one in several files of changes.'],
  'older-than-published': [409, 'A later export of this table is published already.', 'Export it again, and send it with its own time.'],
  'not-waiting': [409, 'The file waits for nothing of the kind.', 'Look at its state.'],
  'compare-again': [
    409,
    'Another file of this table was published meanwhile.',
    'Send this file again, to compare it with what is published now.',
  ],
  'being-published': [409, 'A file of this source is being published.', 'Try again when it is done.'],
  'another-person': [403, 'Whoever sent or confirmed a file may not approve it.', 'Somebody else has to look at what would disappear.'],
} as const satisfies Record<string, readonly [number, string, string]>;

export class FileRefusedError extends Error {
  readonly retriable = false;
  constructor(
    readonly code: keyof typeof FILE_REFUSALS,
    /** What to do. */
    readonly detail: string = FILE_REFUSALS[code][2],
  ) {
    super(FILE_REFUSALS[code][1]);
    this.name = 'FileRefusedError';
  }
}

import type { OpenAPIObject } from '@nestjs/swagger';

export type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];

const text = (description: string): Schema => ({ type: 'string', description });
const whole = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
const record = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});

const index = whole('Place of the event in the request, from 0.');
const place = { partition: whole('Partition of the log.'), offset: whole('Offset in the partition.') };
const problem = record({
  pointer: text('JSON pointer into the event; empty for the event as a whole.'),
  rule: text('Stable code of the rule.'),
  expected: text('What was expected.'),
  fix: text('What to do at the source.'),
});
const problems: Schema = { type: 'array', items: problem };
const status = (value: string): Schema => ({ type: 'string', enum: [value] });

const orNull = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });
const COUNTS = 'rows|skipped|unreadable|facts|new|changed|ended|gone|unchanged|repeated|refused|erased|disappeared'.split('|');
const counts = record(Object.fromEntries(COUNTS.map((name) => [name, whole('')])));
const rowProblem = record({
  row: whole('As a spreadsheet counts: the header is row 1.'),
  column: text('Column of the mapping, with its header in the file where that is another.'),
  rule: text('Stable code of the rule.'),
  expected: text('What was expected.'),
  fix: text('What to do at the source.'),
  masked: text('The form of what stands there, never what it says.'),
  outcome: { type: 'string', enum: ['refused', 'left-out'] },
});
const receivedFile = record(
  {
    id: text('Names the file in later requests.'),
    table: text('The table of the mapping.'),
    rows: { type: 'string', enum: ['all', 'changes'] },
    state: { type: 'string', enum: ['waiting', 'waiting-for-second', 'checked', 'publishing', 'published', 'refused', 'let-go'] },
    exportedAt: text('The version of all it says.'),
    received: { type: 'object', description: 'When, from whom, how many bytes in which encoding, and their digest.' },
    preview: record({
      refusal: orNull(text('Why nothing of it may be used.')),
      counts,
      taken: { type: 'array', items: record({ column: text('Of the mapping.'), header: text('Under which it was found.') }) },
      dates: {
        type: 'array',
        items: record({
          column: text('Whose dates are read day first, with nothing in it to prove that.'),
          dayFirst: whole('Dates that are none month first.'),
          monthFirst: whole('Dates that are none day first.'),
          either: whole('Dates that are one either way.'),
        }),
      },
      shortIds: {
        type: 'array',
        items: record({
          column: text('Whose IDs were read with zeros in front.'),
          digits: whole('How many an ID there has.'),
          ids: whole('Cells with fewer.'),
        }),
      },
      unread: whole('Columns of the file that nobody reads.'),
      unreadNames: {
        type: 'array',
        items: text('The header of one of them; none where it is not certain that the first row holds headers.'),
      },
      problems: whole('Everything wrong in it.'),
      couldDisappear: whole(
        'Facts that earlier files of this source have told, which end or are taken back where a complete file no longer holds them. What was published over HTTP or Kafka is not among them: it stays as it is.',
      ),
      disappearingShare: { type: 'number', description: 'Share of those that would disappear.' },
      nothingDisappears: { type: 'boolean', description: 'A row does not say of whom it speaks, so nothing is taken for gone.' },
      needsSecond: { type: 'array', items: text('Why a second person has to approve it.') },
    }),
    confirmedBy: orNull(text('The client that confirmed it.')),
    approvedBy: orNull(text('The client that approved it.')),
    publishedAt: orNull(text('When.')),
    receipt: orNull(
      record({
        counts,
        published: whole('Facts of it that are in the log now.'),
        completeTo: orNull(text('Until when the index now knows all that the source knows.')),
        notComplete: orNull(text('Why that can not be said.')),
      }),
    ),
    problems: { type: 'array', items: rowProblem },
  },
  ['id', 'table', 'rows', 'state', 'exportedAt', 'received', 'preview', 'confirmedBy', 'approvedBy', 'publishedAt', 'receipt'],
);

/** What the door answers: the schemas of `PublishAnswer` (libs/events), of a received file, and of problem details. */
export const answerSchemas: Schemas = {
  PublishAnswer: record({
    results: {
      type: 'array',
      items: {
        oneOf: [
          record({ index, status: status('accepted'), eventId: text('32 hex digits.'), ...place }),
          record({
            index,
            status: status('accepted'),
            eventId: text('32 hex digits.'),
            places: { type: 'array', items: record(place), description: 'An event about the source as a whole stands in every partition.' },
          }),
          record({ index, status: status('valid') }),
          record({ index, status: status('rejected'), problems }),
        ],
      },
    },
  }),
  ReceivedFile: receivedFile,
  ProblemDetails: record(
    {
      type: { type: 'string', format: 'uri', description: 'Which problem: stable.' },
      title: text('What is wrong, in a sentence.'),
      status: whole('The HTTP status.'),
      detail: text('What to do.'),
      problems,
    },
    ['type', 'title', 'status', 'detail'],
  ),
};

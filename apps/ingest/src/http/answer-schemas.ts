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

/** What the door answers: the schemas of `PublishAnswer` (libs/events) and of problem details. */
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

import { ApiQuery } from '@nestjs/swagger';

/** What a query says, if it says it once. */
export const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Child first: the child a person is reached through. */
export const ThroughChild = () =>
  ApiQuery({
    name: 'child',
    required: false,
    schema: { type: 'string', format: 'uuid' },
    description:
      'For the journey that goes by a child first: that child’s id, to look at the child or, one hop on, at somebody linked to them. ' +
      'Left out, any individual is meant; an authority that has child first alone answers for children only.',
  });

import { describeError } from './describe-error.js';
import { RetryableError } from './errors.js';

/** What node-postgres throws: it carries the values of the row that failed. */
function databaseError(code: string, message: string): Error {
  return Object.assign(new Error(message), {
    severity: 'ERROR',
    code,
    detail: 'Key (name)=(Thomas Baker) already exists.',
    where: 'unnamed portal parameter $1 = "Thomas Baker"',
    parameters: ['Thomas Baker'],
  });
}

describe('What a log line says of an error', () => {
  it('is its type, code, message and whether to try again', () => {
    expect(describeError(new RetryableError('log-unavailable', 'the broker did not answer'))).toMatchObject({
      type: 'RetryableError',
      code: 'log-unavailable',
      message: 'the broker did not answer',
      retriable: true,
    });
  });

  it.each([
    ['22P02', 'invalid input syntax for type date: "Thomas Baker"'],
    ['22P02', 'invalid input syntax for type json: "Thomas\n"Baker""'],
    ['23505', 'duplicate key value violates unique constraint (Thomas Baker)'],
  ])('holds nothing of the row a database refused (%s)', (code, message) => {
    const described = describeError(databaseError(code, message));
    expect(described.code).toBe(code);
    expect(JSON.stringify(described)).not.toMatch(/Thomas|Baker/);
  });

  it('holds nothing of the row in a cause either', () => {
    const error = new Error('the batch was not written', { cause: databaseError('22P02', 'invalid input: "Thomas Baker"') });
    const described = describeError(error);
    expect(described.cause?.code).toBe('22P02');
    expect(JSON.stringify(described)).not.toContain('Baker');
  });

  it('holds nothing of a thrown value that is no error', () => {
    expect(JSON.stringify(describeError({ name: 'Thomas Baker' }))).not.toContain('Baker');
  });
});

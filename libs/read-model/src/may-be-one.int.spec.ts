/** A right NHS number is the same in SQL and in the programs. */
import fc from 'fast-check';
import { Client } from 'pg';
import { validNhsNumber } from '#lib/matching';
import { freshDatabase } from '../../../test/support/fresh.js';
import { validNhs } from './may-be-one.js';

let client: Client;
beforeAll(async () => {
  client = new Client({ connectionString: await freshDatabase('read-model') });
  await client.connect();
});
afterAll(() => client?.end());

const digits = (length: number) => fc.array(fc.nat({ max: 9 }), { minLength: length, maxLength: length });
/** The check digit made right, for most of them: 10 is none. */
const right = digits(9).map((first) => {
  const sum = first.reduce((total, digit, place) => total + digit * (10 - place), 0);
  return first.join('') + String((11 - (sum % 11)) % 11);
});
const number = fc.oneof(
  right,
  digits(10).map((all) => all.join('')),
  fc.nat({ max: 9 }).map((digit) => String(digit).repeat(10)),
  fc.constantFrom('', '999000001', '99900000180', '999000001x', '٩٩٩٠٠٠٠٠١٨', '9990000018.2'),
);

it('by its check digit, and not one digit ten times', async () => {
  const kinds = new Set<boolean>();
  await fc.assert(
    fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 6 }), async (numbers) => {
      const keys = [...numbers.map((value) => `i:nhs:${value}`), 'i:upn:9990000018', 'c:9990000018'];
      const { rows } = await client.query<{ valid: string[] }>(
        `SELECT ${validNhs('r')} AS valid FROM (SELECT $1::text[] AS search_keys) r`,
        [keys],
      );
      // What is not written with these digits is another key: numbers are written with them where they are right.
      const valid = numbers.filter((value) => /^[0-9]{10}$/.test(value) && validNhsNumber(value) !== null);
      for (const value of numbers) kinds.add(valid.includes(value));
      expect(rows[0]!.valid).toEqual(valid.map((value) => `i:nhs:${value}`));
    }),
    { numRuns: 300 },
  );
  expect(kinds.size).toBe(2);
});

/** Forms with files as no browser sends them: each is answered, none with a fault of ours. */
import { HOSTILE, MARK } from '../../../../test/support/hostile.js';
import { HEADER, openWithIngest } from '../../../../test/support/stored-files.js';
import type { QueryApp } from '../../../../test/support/query-app.js';

let app: QueryApp;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ app, stop } = await openWithIngest());
});
afterAll(() => stop?.());

const part = (disposition: string, content: string) => `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
const FIELDS = { table: 'episodes', rows: 'all', what: 'publish', day: '20', month: '11', year: '2026', hour: '01', minute: '00' };
const fields = Object.entries(FIELDS)
  .map(([name, value]) => part(`name="${name}"`, value))
  .join('');
const file = (content: string, name = 'a.csv') => part(`name="file"; filename="${name}"`, content);

it.each<[string, string, string?]>([
  ['nothing', ''],
  ['no boundary', `${fields}${file(HEADER)}--b--`, 'multipart/form-data'],
  ['another boundary', `${fields}${file(HEADER)}--b--`, 'multipart/form-data; boundary=c'],
  ['no end', `${fields}${file(HEADER)}`],
  ['a field cut in half', fields.slice(0, -20)],
  ['the file first', `${file(HEADER)}${fields}--b--`],
  ['the file alone', `${file(HEADER)}--b--`],
  ['two files', `${fields}${file(HEADER)}${file(HEADER)}--b--`],
  ['a thousand fields', `${Array.from({ length: 1_000 }, (_, n) => part(`name="x${n}"`, 'x')).join('')}${file(HEADER)}--b--`],
  ['a field of a megabyte', `${part('name="table"', 'x'.repeat(1_000_000))}${fields}${file(HEADER)}--b--`],
  ['names of properties', `${part('name="__proto__"', MARK)}${part('name="constructor"', MARK)}${fields}${file(HEADER)}--b--`],
  ['a path for a name', `${fields}${file(HEADER, `../../${MARK}.csv`)}--b--`],
  ['JSON', JSON.stringify(FIELDS), 'application/json'],
  ...HOSTILE.map((text, n): [string, string] => [
    `hostile text ${n} in every field`,
    `${Object.keys(FIELDS)
      .map((name) => part(`name="${name}"`, text))
      .join('')}${file(text)}--b--`,
  ]),
])('A form that holds %s is answered', async (_, body, type = 'multipart/form-data; boundary=b') => {
  const got = await app.send('/sources/cluster-lists/files', {
    method: 'POST',
    headers: { ...(await app.as('nora.finch')), 'content-type': type },
    body,
  });
  expect(got.status).toBeLessThan(500);
  expect(got.status).toBeGreaterThan(299);
});

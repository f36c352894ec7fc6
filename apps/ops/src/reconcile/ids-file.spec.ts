import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IdsFile } from './ids-file.js';

it('What a source has as an id is never a formula where its file is opened in a spreadsheet', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'ids-')), 'ids.csv');
  const file = await IdsFile.create(path);
  const recordId = '=HYPERLINK("https://example.test","1")';
  await file.write([
    { kind: 'only-there', field: '', recordId, involvementId: '+1' },
    { kind: 'only-here', field: '', recordId: null, involvementId: '2' },
  ]);
  await file.close();
  expect(readFileSync(path, 'utf8')).toBe(
    `kind,field,record_id,involvement_id\nonly-there,,"'=HYPERLINK(""https://example.test"",""1"")",'+1\nonly-here,,,2\n`,
  );
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownAuthorityFile } from './authority-file.js';

let folder: string;
let repository: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'authority-file-'));
  repository = join(folder, 'in-repository.json');
  writeFileSync(repository, 'first');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string) => readFileSync(file, 'utf8');

it('What is applied on a local stack stays from start to start, and changes nothing in the repository', () => {
  const { file, replaced } = ownAuthorityFile(folder, repository);
  expect([read(file), replaced]).toEqual(['first', false]);
  writeFileSync(file, 'applied');
  expect(ownAuthorityFile(folder, repository)).toEqual({ file, replaced: false });
  expect([read(file), read(repository)]).toEqual(['applied', 'first']);
});

it('A file that was changed in the repository is taken at the next start, and that it replaced what was applied is told', () => {
  const { file } = ownAuthorityFile(folder, repository);
  writeFileSync(repository, 'second');
  expect([ownAuthorityFile(folder, repository).replaced, read(file)]).toEqual([false, 'second']);
  writeFileSync(file, 'applied');
  writeFileSync(repository, 'third');
  expect([ownAuthorityFile(folder, repository).replaced, read(file)]).toEqual([true, 'third']);
});

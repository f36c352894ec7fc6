/** The package as a source team gets it: compiled apart, used by its name, with nothing of ours beside it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { layOutPublisher } from '../../../deploy/publisher-package.js';

const USES = `
  import { checked, openInvolvement, type Publisher } from '@involvement-index/publisher';
  const sent: string[] = [];
  const door: Publisher = { publish: async (events) => { sent.push(...events.map(({ type }) => type)); return { results: [] }; } };
  const version = { sourceVersion: { epoch: 0, position: 1 }, occurredAt: '2026-03-01T09:00:00Z' };
  const event = openInvolvement({ ...version, recordId: 'P-1', involvementId: 'school-1', service: 'school' });
  await checked('synergy', door).publish([event]);
  const { results } = await checked('synergy', door).publish([{ ...event, openedOn: '2026-02-30' }]);
  console.log(JSON.stringify({ sent, refused: results.map(({ status }) => status) }));
`;

let team: string;
beforeAll(() => {
  team = mkdtempSync(join(tmpdir(), 'source-team-'));
  const modules = join(team, 'node_modules');
  mkdirSync(join(modules, '@involvement-index'), { recursive: true });
  layOutPublisher(join(modules, '@involvement-index', 'publisher'));
  symlinkSync(resolve('node_modules', 'zod'), join(modules, 'zod'));
  writeFileSync(join(team, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(team, 'uses.ts'), USES);
}, 120_000);
afterAll(() => rmSync(team, { recursive: true, force: true }));

test('holds what the publisher and the events need, with types, and no test', () => {
  const files = readdirSync(join(team, 'node_modules', '@involvement-index', 'publisher'), { recursive: true, encoding: 'utf8' });
  expect(files).toContain(join('libs', 'publisher', 'src', 'index.d.ts'));
  const code = files.filter((file) => file.endsWith('.js'));
  expect(code.length).toBeGreaterThan(10);
  expect(code.filter((file) => !/^libs\/(publisher|events)\/src\/(?!.*spec)/.test(file))).toEqual([]);
});

test('compiles for a team that has it and zod alone, and does what it says', () => {
  const node = resolve('node_modules', '.bin', 'node');
  const tsc = [resolve('node_modules', 'typescript', 'bin', 'tsc'), '--strict', '--module', 'nodenext', '--target', 'es2023', 'uses.ts'];
  const types = ['--types', 'node', '--typeRoots', resolve('node_modules', '@types')];
  expect(spawnSync(node, [...tsc, ...types], { cwd: team, encoding: 'utf8' })).toMatchObject({ stdout: '', status: 0 });
  const said = JSON.parse(execFileSync(node, ['uses.js'], { cwd: team, encoding: 'utf8' })) as object;
  expect(said).toEqual({ sent: ['InvolvementOpened'], refused: ['rejected'] });
}, 120_000);

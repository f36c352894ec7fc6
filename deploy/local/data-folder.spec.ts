import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropData, markCompleted, readyDataFolder } from './data-folder.js';

let folder: string;
let postgres: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
  postgres = join(folder, 'postgres');
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (path: string, text = '') => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
function putWhole(): void {
  put('postgres/PG_VERSION', '18\n');
  put('postgres/global/pg_control');
  put('kafka/meta.properties');
  put('secrets.json', '{}');
  markCompleted(folder);
}

describe('The data folder of an earlier start', () => {
  it('is begun when there is none', () => {
    expect(readyDataFolder(folder, postgres)).toBe('begin');
  });

  it('is gone on with when it is whole', () => {
    putWhole();
    expect(readyDataFolder(folder, postgres)).toBe('go on');
    expect(existsSync(join(folder, 'secrets.json'))).toBe(true);
  });

  it('is begun anew when its first start was interrupted, as nothing was in it', () => {
    put('postgres.new/PG_VERSION', '18\n');
    put('kafka/meta.properties');
    expect(readyDataFolder(folder, postgres)).toBe('begin');
    expect(existsSync(join(folder, 'kafka'))).toBe(false);
    expect(existsSync(join(folder, 'postgres.new'))).toBe(false);
  });

  it.each([
    ['kafka', "Kafka's part is missing"],
    ['kafka/meta.properties', "Kafka's part is broken"],
    ['postgres', "PostgreSQL's part is missing"],
    ['postgres/PG_VERSION', "PostgreSQL's part is broken"],
    ['postgres/global', "PostgreSQL's part is broken"],
  ])('is refused without its %s: half of the data would be a lie', (path, why) => {
    putWhole();
    rmSync(join(folder, path), { recursive: true });
    expect(() => readyDataFolder(folder, postgres)).toThrow(why);
    expect(() => readyDataFolder(folder, postgres)).toThrow('npm start -- --fresh');
    expect(existsSync(join(folder, 'secrets.json'))).toBe(true);
  });

  it('is refused when another PostgreSQL made it', () => {
    putWhole();
    put('postgres/PG_VERSION', '16\n');
    expect(() => readyDataFolder(folder, postgres)).toThrow("PostgreSQL's part is made by PostgreSQL 16");
  });

  it('is refused, not cleared, when its log holds events though nothing says that a start was ever completed', () => {
    put('kafka/meta.properties');
    put('kafka/involvement-log-0/00000000000000000000.log');
    expect(() => readyDataFolder(folder, postgres)).toThrow('half-written');
    expect(existsSync(join(folder, 'kafka', 'involvement-log-0'))).toBe(true);
  });

  it('is empty after --fresh, but for the lock of this very start', () => {
    putWhole();
    put('lock', '{}');
    dropData(folder, postgres);
    expect(readyDataFolder(folder, postgres)).toBe('begin');
    expect(existsSync(join(folder, 'lock'))).toBe(true);
    expect(existsSync(join(folder, 'secrets.json'))).toBe(false);
  });
});

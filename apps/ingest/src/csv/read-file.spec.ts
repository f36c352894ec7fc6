import { Digests } from '../remembered/digests.js';
import { clusterLists } from '../sources/cluster-lists.js';
import { columnsOf } from '../rows/read-fields.js';
import { northbridgeHomes } from '../sources/northbridge-homes.js';
import { mosaic } from '../sources/mosaic.js';
import { synergy } from '../sources/synergy.js';
import type { Mapping } from '../sources/mapping.js';
import { EncodingGuess } from './encoding.js';
import { FileRead, readFile } from './read-file.js';

const VERSION = { epoch: 1, position: Date.parse('2026-11-20T05:00:00Z') * 1000 };
const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';
const ROW = 'EH-1,1,"O’Brien, Zoë",14/05/2012,F,,NB1 4QT,,,East,,Jo Reed,,,,,01/02/2025,,';

/** Reads a file in chunks of three bytes, so that no letter and no row comes whole. */
async function read(bytes: Uint8Array, mapping: Mapping = clusterLists, table = 'episodes') {
  const guess = new EncodingGuess();
  guess.look(bytes);
  const into = new FileRead();
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
  }
  const facts = [];
  const file = { mapping, table: mapping.tables[table]!, version: VERSION, encoding: guess.end(), bytes: chunks };
  for await (const batch of readFile(file, new Digests(Buffer.alloc(32)), into)) facts.push(...batch.map(({ fact }) => fact));
  return { facts, into, rules: into.problems.told.map(({ row, rule }) => `${row} ${rule}`) };
}
const text = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`);
const utf16 = (content: string, big = false) => {
  const bytes = Buffer.from(`\uFEFF${content}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const content = `${HEADER}\n${ROW}\n`;
/** The same bytes as Windows-1252 has them: ’ is 0x92, ë is 0xEB. */
const windows1252 = Buffer.from(content.replace('’', '\u0092'), 'latin1');

describe('A tenant with two tenancies', () => {
  const header = columnsOf(northbridgeHomes.tables.tenancies).filter((name, at, all) => all.indexOf(name) === at);
  const row = (cells: Record<string, string>) => header.map((name) => cells[name] ?? '').join(',');
  const tenant = { 'Person ref': 'NH-1', Surname: 'Baker', 'First names': 'Ash', 'Tenancy start': '01/02/2019' };
  const old = { ...tenant, 'Tenancy ref': '1', Address: '1 Mill Lane', 'Tenancy end': '01/03/2024' };
  const now = { ...tenant, 'Tenancy ref': '2', Address: '9 Canal Street', 'Tenancy start': '01/02/2018' };

  it.each([[[old, now]], [[now, old]]])(
    'is one person who lives where the tenancy has not ended, whatever the order, and two involvements',
    async (rows) => {
      const { facts, into, rules } = await read(text(header.join(','), ...rows.map(row)), northbridgeHomes, 'tenancies');
      expect(rules).toEqual([]);
      expect(facts.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual([
        'involvement TEN-1-NH-1',
        'involvement TEN-2-NH-1',
        'person NH-1',
      ]);
      expect(facts.find(({ kind }) => kind === 'person')?.events[0]!.sent).toMatchObject({ addresses: [{ lines: ['9 Canal Street'] }] });
      expect(into).toMatchObject({ repeated: 1, refusedFacts: 0 });
    },
  );
});

describe('A file', () => {
  it.each([
    ['in UTF-8', Buffer.from(content)],
    ['in UTF-8 with its mark', Buffer.from(`\uFEFF${content}`)],
    ['in Windows-1252', windows1252],
    ['in UTF-16', utf16(content)],
    ['in UTF-16 from a big-endian machine', utf16(content, true)],
    ['in UTF-16 without its mark', utf16(content).subarray(2)],
    ['with semicolons', Buffer.from(content.replaceAll(/,(?! )/g, ';'))],
    ['with tabs', Buffer.from(content.replaceAll(/,(?! )/g, '\t'))],
    ['that names its delimiter', Buffer.from(`sep=;\r\n${content.replaceAll(/,(?! )/g, ';')}`)],
    ['with old Macintosh line ends', Buffer.from(content.replaceAll('\n', '\r'))],
    ['without a last line end', Buffer.from(content.trimEnd())],
  ])('%s says the same', async (_, bytes) => {
    const { facts, rules } = await read(bytes);
    expect(rules).toEqual([]);
    expect(facts[0]!.events[0]!.checked).toMatchObject({ recordId: 'EH-1', names: [{ family: 'O’Brien', given: ['Zoë'] }] });
    expect(facts[1]!.events[0]!.checked).toMatchObject({ practitioner: { name: 'Jo Reed' }, openedOn: '2025-02-01' });
  });

  it('may have line breaks inside quotes, empty rows, the last among them, and a header whose last cells have no name', async () => {
    const { facts, rules, into } = await read(
      text(`${HEADER},,`, '', 'EH-2,1,Baker Ash,,,"14 Canal Street\nNorthbridge",,,,,,,,,,,01/02/2025,,', `${ROW},,`, '', '  '),
    );
    expect(rules).toEqual([]);
    expect(facts).toHaveLength(4);
    expect(into.rows).toBe(2);
  });

  it('is told its rows as a spreadsheet counts them', async () => {
    expect((await read(text(HEADER, '', ROW, ROW.replace('14/05/2012', '31/02/2012').replace('EH-1', 'EH-9')))).rules).toEqual([
      '4 real-date',
    ]);
  });

  it('may have other headers, which are told to be confirmed', async () => {
    const { facts, into } = await read(text(HEADER.replace('DOB', 'Date of Birth').replace('Name', "Child's name"), ROW));
    expect(facts).toHaveLength(2);
    expect(into.header!.taken).toEqual([
      { column: 'Name', header: "Child's name" },
      { column: 'DOB', header: 'Date of Birth' },
    ]);
  });

  it('is told what is wrong in it by the headers that it has', async () => {
    const { into } = await read(text(HEADER.replace('DOB', 'Date of Birth'), ROW.replace('14/05/2012', '31/02/2012')));
    expect(into.problems.told).toMatchObject([{ column: 'DOB (in the file: Date of Birth)', rule: 'real-date', masked: '99/99/9999' }]);
  });

  it('is told the headers of columns that nobody reads, but not where its first row may be none: somebody may stand in it', async () => {
    const more = await read(text(`${HEADER},Notes,,Shoe size`, `${ROW},,,`));
    expect(more.into.header).toMatchObject({ unread: 2, unreadNames: ['Notes', 'Shoe size'] });
    const headless = await read(text(ROW, ROW));
    expect(headless.into.header!.unread).toBeGreaterThan(3);
    expect(headless.into.header!.unreadNames).toEqual([]);
    expect((await read(text(`${HEADER},DOB,Notes`, `${ROW},,`))).into.header!.unreadNames).toEqual([]);
  });
});

describe('What is wrong with a file', () => {
  it('refuses it whole where a column is missing or stands there twice: read as empty it would say something else', async () => {
    const missing = await read(text(HEADER.replace('Date closed', 'Datum'), ROW));
    expect([missing.into.refusal, missing.facts]).toEqual(['columns-missing', []]);
    expect(missing.into.problems.told).toMatchObject([{ column: 'Date closed', rule: 'column-missing' }]);
    expect((await read(text(`${HEADER},DOB`, `${ROW},`))).into.refusal).toBe('columns-twice');
    expect((await read(Buffer.alloc(0))).into.refusal).toBe('empty');
  });

  it('refuses it whole where it stops being CSV', async () => {
    const { into, rules } = await read(text(HEADER, ROW, 'EH-3,1,"Baker'));
    expect(into.refusal).toBe('no-csv');
    expect(rules).toEqual(['3 csv']);
  });

  it('refuses a row with a cell too many, or one too few: it was cut off, and its last word may be half of one', async () => {
    const cut = ROW.slice(0, ROW.lastIndexOf(','));
    const { facts, rules, into } = await read(text(HEADER, 'EH-4,1,Baker, Ash,,,,,,,,,,,,,,01/02/2025,,', cut, 'EH-5', 'EH-6,1'));
    expect(facts).toEqual([]);
    expect(rules).toEqual(['2 as-many-cells', '3 as-many-cells', '4 as-many-cells', '5 as-many-cells']);
    expect(into).toMatchObject({ rows: 4, unreadable: 4, unnamed: 4 });
    expect(into.problems.told.map(({ expected }) => expected)).toEqual([
      '19 cells, as in the header; here are 20',
      '19 cells, as in the header; here are 18',
      '19 cells, as in the header; here is 1',
      '19 cells, as in the header; here are 2',
    ]);
    expect(into.problems.told.map(({ fix }) => fix.slice(0, 10))).toEqual(['Put quotes', 'The row is', 'The row is', 'The row is']);
  });

  it('refuses a row that lacks only what its list may leave empty: whoever stands in it is no person without a date of birth', async () => {
    const header = columnsOf(synergy.tables.pupils).filter((name, at, all) => all.indexOf(name) === at);
    const { facts, into } = await read(text(header.join(','), 'X5,Short'), synergy, 'pupils');
    expect(facts).toEqual([]);
    expect(into).toMatchObject({ rows: 1, unreadable: 1 });
  });

  it('tells a fact once that two rows describe alike, and the first where they differ', async () => {
    const { facts, rules, into } = await read(text(HEADER, ROW, ROW, ROW.replace('Jo Reed', 'Sam Okafor'), ROW.replace(',1,', ',2,')));
    expect(facts.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['person EH-1', 'involvement EH-1-1', 'involvement EH-1-2']);
    expect(rules).toEqual(['4 one-row-per-fact']);
    expect(into).toMatchObject({ rows: 4, repeated: 4, refusedFacts: 1 });
  });

  it('does not take for gone what stands there and is refused', async () => {
    const header =
      'PERSON_ID,RELATED_PERSON_ID,RELATIONSHIP_ID,RELATIONSHIP,START_DATE,PARENTAL_RESPONSIBILITY,MAIN_CARER,END_DATE,DELETED';
    const { into } = await read(text(header, '1,2,R1,Godmother,,,,,'), mosaic, 'relationships');
    expect(into.seen.has(new Digests(Buffer.alloc(32)).ofFact('mosaic', { kind: 'relationship', id: 'R1' }))).toBe(true);
    expect(into).toMatchObject({ refusedFacts: 1, unnamed: 0 });
  });
});

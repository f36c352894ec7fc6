import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { EncodingGuess } from '../csv/encoding.js';
import { FileRead, readFile } from '../csv/read-file.js';
import { Digests } from '../remembered/digests.js';
import type { Mapping } from '../sources/mapping.js';
import { MAPPINGS } from '../sources/sources.js';

export interface CheckedFile {
  mapping: Mapping;
  table: string;
  read: FileRead;
  /** Events by type, as a first file would publish them. */
  events: Map<string, number>;
}

/** Reads a file as ingest would, without a server: what it would publish and everything wrong in it. @throws RangeError for names nobody knows */
export async function checkFile(name: string, path: string, table?: string): Promise<CheckedFile> {
  const mapping = MAPPINGS.find((mapping) => mapping.name === name);
  if (!mapping) throw new RangeError(`There is no mapping ${name}; there are ${MAPPINGS.map(({ name }) => name).join(', ')}.`);
  const chosen = table ?? tableNamedBy(basename(path), mapping);
  if (!chosen || !Object.hasOwn(mapping.tables, chosen))
    throw new RangeError(`Say which table it is: --table ${Object.keys(mapping.tables).join(', --table ')}`);
  const guess = new EncodingGuess();
  for await (const chunk of createReadStream(path)) guess.look(chunk as Buffer);
  const { mtimeMs } = await stat(path);
  const version = { epoch: mapping.epoch, position: Math.floor(mtimeMs) * 1000 };
  const bytes = () => createReadStream(path) as AsyncIterable<Buffer>;
  const [read, events] = [new FileRead(), new Map<string, number>()];
  const file = { mapping, table: mapping.tables[chosen]!, version, encoding: guess.end(), bytes };
  for await (const batch of readFile(file, new Digests(Buffer.alloc(32)), read))
    for (const { checked } of batch.flatMap(({ fact }) => fact.events)) events.set(checked.type, (events.get(checked.type) ?? 0) + 1);
  return { mapping, table: chosen, read, events };
}

/** The only table, or the one whose name the file bears. */
function tableNamedBy(file: string, { tables }: Mapping): string | undefined {
  const names = Object.keys(tables);
  return names.length === 1 ? names[0] : names.find((name) => file.toLowerCase().includes(name));
}

/** What is told of a checked file, line by line. */
export function linesOf({ mapping, table, read, events }: CheckedFile): string[] {
  const { title, atLeast } = mapping.tables[table]!;
  const lines = [`${mapping.label}, ${title}: ${read.rows} rows${read.skipped > 0 ? `, of which ${read.skipped} do not count` : ''}.`];
  if (read.unreadable > 0) lines.push(`  ${read.unreadable} of its rows are refused whole.`);
  for (const { column, header } of read.header?.taken ?? []) lines.push(`  ${column} is taken from the column "${header}": is that right?`);
  for (const { column, digits, ids } of read.shortIds.filledUp)
    lines.push(`  ${column}: ${ids} with fewer than ${digits} digits, read with zeros in front: is that right?`);
  if (read.header && read.header.unread > 0)
    lines.push(`  ${[`${read.header.unread} columns of the file are not read`, ...read.header.unreadNames].join(', ').replace(',', ':')}.`);
  if (read.rows < atLeast) lines.push(`  A complete file has ${atLeast} rows at least: this one would wait for a second person.`);
  if (read.refusal) lines.push('', 'Nothing of it can be used:');
  else {
    lines.push('', 'As a first file it would publish:', ...[...events].map(([type, count]) => `  ${String(count).padStart(8)}  ${type}`));
    if (read.repeated > 0) lines.push(`  ${read.repeated} facts stand in it again, alike, and are told once.`);
  }
  return [...lines, '', ...problemLines(read)];
}

function problemLines({ problems }: FileRead): string[] {
  if (problems.count === 0) return ['Nothing is wrong in it.'];
  return [
    `${problems.count} problems${problems.count > problems.told.length ? `, of which the first ${problems.told.length} are told` : ''}:`,
    ...problems.told.map(({ row, column, rule, masked, outcome, expected, fix }) => {
      const seen = masked === '' ? '' : ` (looks like ${masked})`;
      return `  row ${row}, ${column}: ${rule}${seen}, ${outcome === 'refused' ? 'refused' : 'left out'}. Expected ${expected}. ${fix}`;
    }),
  ];
}

import { BadRequestException } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { londonInstant } from '../ops-pages/london-instant.js';
import { type Problem, textIn, type Typed } from '../ops-pages/typed.js';
import type { FileToSend } from './ingest-door.js';

/** A form with a file, as it comes: the fields before the file, and the file's content, which nobody has read yet. */
export interface Upload {
  typed: Typed;
  content: Readable | null;
}

/** Reads a form up to its file, which stands last in it. Its name is not looked at: it may hold anybody's. @throws BadRequestException where it is no form, or breaks off */
export async function uploadIn(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) return { typed: request.body as Typed, content: null };
  try {
    return await partsOf(request);
  } catch {
    throw new BadRequestException();
  }
}

async function partsOf(request: FastifyRequest): Promise<Upload> {
  const typed: Record<string, unknown> = {};
  for await (const part of request.parts()) {
    if (part.type === 'field') typed[part.fieldname] = part.value;
    else if (part.filename !== '') return { typed, content: part.file };
    else part.file.resume();
  }
  return { typed, content: null };
}

/** Reads the fields of the form. @param problems where what has to be corrected is noted */
export function fileIn({ typed, content }: Upload, problems: Problem[]): FileToSend {
  const [table, rows, what] = ['table', 'rows', 'what'].map((field) => textIn(typed, field)) as [string, string, string];
  if (table === '') problems.push({ field: 'table', message: 'Select what the file is a list of' });
  if (rows !== 'all' && rows !== 'changes') problems.push({ field: 'rows', message: 'Select whether the file holds everything' });
  const exportedAt = exportedIn(typed, problems);
  if (what !== 'publish' && what !== 'check') problems.push({ field: 'what', message: 'Select what to do with the file' });
  if (content === null) problems.push({ field: 'file', message: 'Select a CSV file' });
  return { table, rows: rows as FileToSend['rows'], exportedAt: exportedAt ?? 0, checkOnly: what === 'check' };
}

function exportedIn(typed: Typed, problems: Problem[]): number | null {
  const [day, month, year, hour, minute] = ['day', 'month', 'year', 'hour', 'minute'].map((field) => two(textIn(typed, field)));
  const at = londonInstant(`${year}-${month}-${day}`, `${hour}:${minute}`);
  if (at === null) problems.push({ field: 'day', message: 'Enter a real date and time of the export' });
  else if (at > Date.now()) problems.push({ field: 'day', message: 'The time of the export must be in the past' });
  return at;
}

const two = (digits: string) => digits.padStart(2, '0');

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../layout/templates.js';

/** What a change is about, in the order in which a page tells them: what every reader uses first. */
const SUBJECTS = [
  'Searching',
  'A person’s page',
  'Family and contacts',
  'Reporting what is wrong',
  'Signing in, restricted records and people you know',
  'Information governance',
  'Source teams, data stewards and operations',
] as const;

const Changes = z.array(
  z.strictObject({ on: z.iso.date(), changes: z.partialRecord(z.enum(SUBJECTS), z.array(z.string().min(1)).min(1)) }),
);

export interface DayOfChanges {
  on: string;
  subjects: { subject: string; changes: readonly string[] }[];
}

/** What has changed for readers, newest first. A change that they notice adds a line to `whats-new.json`. */
export function whatsNew(): DayOfChanges[] {
  const file = join(projectFolder, 'apps/query/src/about/whats-new.json');
  return Changes.parse(JSON.parse(readFileSync(file, 'utf8'))).map(({ on, changes }) => ({
    on,
    subjects: SUBJECTS.flatMap((subject) => (changes[subject] ? [{ subject, changes: changes[subject] }] : [])),
  }));
}

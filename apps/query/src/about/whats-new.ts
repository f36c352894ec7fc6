import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../layout/templates.js';

const Changes = z.array(z.strictObject({ on: z.iso.date(), changes: z.array(z.string().min(1)).min(1) }));

/** What has changed for readers, newest first. A change that they notice adds a line to `whats-new.json`. */
export function whatsNew(): z.output<typeof Changes> {
  const file = join(projectFolder, 'apps/query/src/about/whats-new.json');
  return Changes.parse(JSON.parse(readFileSync(file, 'utf8')));
}

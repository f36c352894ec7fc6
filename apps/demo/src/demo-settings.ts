import { join } from 'node:path';
import { z } from 'zod';
import { readSettings, settings } from '#lib/runtime';

const wholeNumber = z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be 1 or more');

/** What the demo can be told from outside. */
export function demoSettings(env: Record<string, string | undefined>) {
  const { state, ...read } = readSettings(
    {
      ingestUrl: { env: 'INGEST_URL', doc: 'Where ingest answers.', schema: z.url('must be a URL'), development: 'http://127.0.0.1:7401' },
      oidcIssuer: settings.oidcIssuer,
      clientsDir: {
        env: 'CLIENTS_DIR',
        doc: 'Folder with one file per source, named like the source, holding its secret at the directory.',
        schema: z.string().min(1),
        development: '.local/clients',
      },
      state: {
        env: 'DEMO_STATE',
        doc: 'Folder where the demo remembers what it has published; beside CLIENTS_DIR where not set.',
        schema: z.string(),
        development: '',
      },
      seed: {
        env: 'DEMO_SEED',
        doc: 'Names the town: the same seed makes the same one.',
        schema: z.string().min(1),
        development: 'northbridge',
      },
      families: { env: 'DEMO_FAMILIES', doc: 'How many families the town has.', schema: wholeNumber, development: '3000' },
      secondsBetween: { env: 'DEMO_SECONDS_BETWEEN', doc: 'Seconds between two live happenings.', schema: wholeNumber, development: '4' },
    },
    env,
  );
  return { ...read, stateFile: join(state || join(read.clientsDir, '..', 'demo'), 'published.json') };
}
export type DemoSettings = ReturnType<typeof demoSettings>;

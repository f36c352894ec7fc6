import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const HELP = `Publishes the events of a file to the Involvement Index, in order.

  npm run publish -- FILE --source NAME [--dry-run] [--url URL] [--token-file FILE]

FILE          one event, an array, {"events": […]}, or one event per line; - reads standard input
--source      the source that speaks, for example mosaic
--dry-run     check everything, publish nothing
--url         where ingest answers (INGEST_URL, else http://127.0.0.1:7401)
--token-file  file with the source's bearer token (SOURCE_TOKEN, else .local/tokens/NAME)
--help        this text

Exit code: 0 all accepted, 1 an event was rejected, 2 the events could not be sent.`;

/** A wrong call; the message says what is missing. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export interface Arguments {
  file: string;
  source: string;
  dryRun: boolean;
  url: string;
  token: string;
}

/** @returns what to do, or `help`. @throws UsageError */
export function readArguments(args: string[], env: Record<string, string | undefined>): Arguments | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('Name one file of events, or - for standard input.');
  if (values.source === undefined) throw new UsageError('Name the source: --source mosaic');
  return {
    file,
    source: values.source,
    dryRun: values['dry-run'] ?? false,
    url: values.url ?? env.INGEST_URL ?? 'http://127.0.0.1:7401',
    token: tokenOf(values.source, values['token-file'], env.SOURCE_TOKEN),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        source: { type: 'string' },
        'dry-run': { type: 'boolean' },
        url: { type: 'string' },
        'token-file': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function tokenOf(source: string, tokenFile: string | undefined, token: string | undefined): string {
  if (tokenFile === undefined && token) return token;
  if (!/^[a-z][a-z0-9-]*$/.test(source)) throw new UsageError('The source is a name such as mosaic.');
  const file = tokenFile ?? `.local/tokens/${source}`;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new UsageError(`There is no token: ${file} can not be read, and SOURCE_TOKEN is not set.`);
  }
}

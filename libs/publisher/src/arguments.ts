import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** Where the local stack listens. */
const LOCAL = { ingest: 'http://127.0.0.1:7401', directory: 'http://127.0.0.1:7406' };

export const HELP = `Publishes the events of a file to the Involvement Index, in order.

  npm run publish -- FILE --source NAME [--dry-run] [--url URL] [--issuer URL] [--secret-file FILE]
  npm run --silent publish -- --source NAME --print-token

FILE           one event, an array, {"events": […]}, or one event per line; - reads standard input
--source       the source that speaks, for example mosaic
--dry-run      check everything, publish nothing
--print-token  get a bearer token from the directory and print it, for curl and the like
--url          where ingest answers (INGEST_URL, else ${LOCAL.ingest})
--issuer       the directory that gives out tokens (OIDC_ISSUER, else ${LOCAL.directory})
--secret-file  file with the source's secret at the directory (SOURCE_SECRET, else .local/clients/NAME)
--help         this text

Exit code: 0 all accepted, 1 an event was rejected, 2 the events could not be sent.`;

/** A wrong call; the message says what is missing. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

interface Sender {
  source: string;
  issuer: string;
  secret: string;
}

export type Arguments = Sender & ({ file: string; dryRun: boolean; url: string } | { printToken: true });

/** @returns what to do, or `help`. @throws UsageError */
export function readArguments(args: string[], env: Record<string, string | undefined>): Arguments | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  const printToken = values['print-token'] ?? false;
  if ((file === undefined) !== printToken || more.length > 0)
    throw new UsageError(printToken ? 'No file is read where a token is printed.' : 'Name one file of events, or - for standard input.');
  if (values.source === undefined) throw new UsageError('Name the source: --source mosaic');
  const sender: Sender = {
    source: values.source,
    issuer: values.issuer ?? env.OIDC_ISSUER ?? LOCAL.directory,
    secret: secretOf(values.source, values['secret-file'], env.SOURCE_SECRET),
  };
  if (file === undefined) return { ...sender, printToken: true };
  return { ...sender, file, dryRun: values['dry-run'] ?? false, url: values.url ?? env.INGEST_URL ?? LOCAL.ingest };
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
        issuer: { type: 'string' },
        'secret-file': { type: 'string' },
        'print-token': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function secretOf(source: string, secretFile: string | undefined, secret: string | undefined): string {
  if (secretFile === undefined && secret) return secret;
  if (!/^[a-z][a-z0-9-]*$/.test(source)) throw new UsageError('The source is a name such as mosaic.');
  const file = secretFile ?? `.local/clients/${source}`;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new UsageError(`There is no secret: ${file} can not be read, and SOURCE_SECRET is not set.`);
  }
}

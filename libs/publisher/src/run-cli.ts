import { readFileSync } from 'node:fs';
import { type Arguments, HELP, readArguments, UsageError } from './arguments.js';
import { clientCredentials, type TokenSource } from './client-credentials.js';
import { PublishFailedError, PublishRefusedError } from './errors.js';
import { eventsInFile, FileError } from './events-in-file.js';
import { httpPublisher } from './http-publisher.js';
import type { EventToPublish } from './publisher.js';
import { anyRejected, report } from './report.js';

const PATIENCE_MS = 60_000;

/** Where lines for people go. */
export interface Lines {
  out(line: string): void;
  error(line: string): void;
}

/** `npm run publish`. @returns the exit code: 0 all accepted, 1 an event was rejected, 2 the events could not be sent. */
export async function runCli(args: string[], env: Record<string, string | undefined>, lines: Lines): Promise<0 | 1 | 2> {
  try {
    const read = readArguments(args, env);
    if (read !== 'help') return await run(read, lines);
    lines.out(HELP);
    return 0;
  } catch (error) {
    if (!isExpected(error)) throw error;
    lines.error(error.message);
    if (error instanceof UsageError) lines.error(`\n${HELP}`);
    return 2;
  }
}

async function run(read: Arguments, lines: Lines): Promise<0 | 1> {
  const { source, issuer, secret } = read;
  const token = clientCredentials({ issuer, client: source, secret, scope: `ingest:${source}` });
  if (!('printToken' in read)) return publishFile(read, token, lines);
  lines.out(await token());
  return 0;
}

type ToPublish = Exclude<Arguments, { printToken: true }>;

async function publishFile({ file, dryRun, url, source }: ToPublish, token: TokenSource, lines: Lines): Promise<0 | 1> {
  const events = eventsInFile(bytesOf(file));
  const publisher = httpPublisher({
    url,
    source,
    token,
    patience: PATIENCE_MS,
    onWaiting: ({ attempt, milliseconds, why }) =>
      lines.error(`Attempt ${attempt}: ${why}. Trying again in ${(milliseconds / 1000).toFixed(1)} s …`),
  });
  // the door checks the events; whatever the file holds is sent as it is
  const answer = await publisher.publish(
    events.map(({ event }) => event as EventToPublish),
    { dryRun },
  );
  lines.out(report(events, answer));
  return anyRejected(answer) ? 1 : 0;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new FileError(`${file} can not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}

const isExpected = (error: unknown): error is Error =>
  [UsageError, FileError, PublishFailedError, PublishRefusedError].some((known) => error instanceof known);

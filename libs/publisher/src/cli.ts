import { readFileSync } from 'node:fs';
import { type Arguments, HELP, readArguments, UsageError } from './arguments.js';
import { PublishFailedError, PublishRefusedError } from './errors.js';
import { eventsInFile, FileError } from './events-in-file.js';
import { type EventToPublish, httpPublisher, type Waiting } from './http-publisher.js';
import { anyRejected, report } from './report.js';

const PATIENCE_MS = 60_000;

process.exitCode = await run();

/** @returns the exit code. */
async function run(): Promise<0 | 1 | 2> {
  try {
    const read = readArguments(process.argv.slice(2), process.env);
    if (read === 'help') {
      console.log(HELP);
      return 0;
    }
    return await publishFile(read);
  } catch (error) {
    if (!isExpected(error)) throw error;
    console.error(error.message);
    if (error instanceof UsageError) console.error(`\n${HELP}`);
    return 2;
  }
}

async function publishFile({ file, dryRun, url, source, token }: Arguments): Promise<0 | 1> {
  const events = eventsInFile(bytesOf(file));
  const publisher = httpPublisher({ url, source, token, patience: PATIENCE_MS, onWaiting: sayWaiting });
  // the door checks the events; whatever the file holds is sent as it is
  const answer = await publisher.publish(
    events.map(({ event }) => event as EventToPublish),
    { dryRun },
  );
  console.log(report(events, answer));
  return anyRejected(answer) ? 1 : 0;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new FileError(`${file} can not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}

function sayWaiting({ attempt, milliseconds, why }: Waiting): void {
  console.error(`Attempt ${attempt}: ${why}. Trying again in ${(milliseconds / 1000).toFixed(1)} s …`);
}

const isExpected = (error: unknown): error is Error =>
  [UsageError, FileError, PublishFailedError, PublishRefusedError].some((known) => error instanceof known);

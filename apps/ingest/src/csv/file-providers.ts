import type { Provider } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { IngestParts } from '../ingest.module.js';
import type { Reachable } from '../reachable.js';
import type { Changes } from '../remembered/changes.js';
import { PublishFacts } from '../remembered/publish-facts.js';
import type { Remembered } from '../remembered/remembered.js';
import { FileContent } from './file-content.js';
import { Files } from './files.js';
import { PreviewFile } from './preview-file.js';
import { PublishFile } from './publish-file.js';
import { ReceivedFiles } from './received-files.js';
import { SayHowFar } from './say-how-far.js';
import { VanishedFacts } from './vanished-facts.js';

/** What the door for files is made of. */
export function fileProviders(
  { database, keyStore, digests, secret }: IngestParts,
  changes: Changes,
  remembered: Reachable<Remembered>,
): Provider[] {
  const received = new ReceivedFiles(database);
  const vanished = new VanishedFacts(remembered, keyStore);
  return [
    { provide: ReceivedFiles, useValue: received },
    {
      provide: Files,
      useFactory: (facts: PublishFacts, commands: CommandBus) =>
        new Files(
          received,
          new FileContent(database, secret),
          new PreviewFile(changes, vanished, digests),
          new PublishFile(facts, vanished, digests),
          new SayHowFar(received, commands, remembered),
          database,
        ),
      inject: [PublishFacts, CommandBus],
    },
  ];
}

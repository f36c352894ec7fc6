import type { Provider } from '@nestjs/common';
import type { IngestParts } from '../ingest.module.js';
import type { Changes } from '../remembered/changes.js';
import { PublishFacts } from '../remembered/publish-facts.js';
import { FileContent } from './file-content.js';
import { Files } from './files.js';
import { PreviewFile } from './preview-file.js';
import { PublishFile } from './publish-file.js';
import { ReceivedFiles } from './received-files.js';
import { SayHowFar } from './say-how-far.js';
import type { VanishedFacts } from '../remembered/vanished-facts.js';
import { WeLooked } from '../remembered/we-looked.js';

/** What the door for files is made of. */
export function fileProviders({ database, digests, secret }: IngestParts, changes: Changes, vanished: VanishedFacts): Provider[] {
  const received = new ReceivedFiles(database);
  return [
    { provide: ReceivedFiles, useValue: received },
    {
      provide: Files,
      useFactory: (facts: PublishFacts, weLooked: WeLooked) =>
        new Files(
          received,
          new FileContent(database, secret),
          new PreviewFile(changes, vanished, digests),
          new PublishFile(facts, vanished, digests),
          new SayHowFar(received, weLooked),
          database,
        ),
      inject: [PublishFacts, WeLooked],
    },
  ];
}

import { userInfo } from 'node:os';
import { Reachable } from '../reachable.js';
import { CaptureState } from '../cdc/capture-state.js';
import { readIngestSettings } from '../settings.js';
import { Database } from '../state/database.js';
import { toolEnvironment } from './environment.js';

/** `npm run source:snapshot -- mosaic [--approve]`: what a new snapshot of a source's tables would take back, and lets it. */
const [source = '', approve] = process.argv.slice(2);
const database = await Database.open(readIngestSettings({ LOG_LEVEL: 'warn', ...toolEnvironment() }).ingestDatabaseUrl);
try {
  const state = new CaptureState(new Reachable(() => Promise.resolve(database)));
  const held = (await state.pending(source))?.held;
  if (!held) console.log(`No snapshot of ${source} waits for anybody.`);
  else if (approve !== '--approve') console.log(`It would take back ${held.gone} of ${held.all} facts of one table. --approve lets it.`);
  else {
    await state.approve(source, userInfo().username);
    console.log(`Approved: with the source's next heartbeat ${held.gone} of ${held.all} facts are taken back.`);
  }
} finally {
  await database.close();
}

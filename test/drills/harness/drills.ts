import { backlog } from '../backlog.js';
import { brokerEnds } from '../broker-ends.js';
import { databaseEnds } from '../database-ends.js';
import { duplicates } from '../duplicates.js';
import { holes } from '../holes.js';
import { killAroundTheTransaction } from '../kill-around-the-transaction.js';
import { killAtRandom } from '../kill-at-random.js';
import { logTruncated, topicMadeAgain } from '../log-changes.js';
import { matcherKeysLost } from '../matcher-keys.js';
import { matcherKillAroundTheTransaction, matcherKillAtRandom } from '../matcher-killed.js';
import { matcherDecisionsLost, matcherLogMadeAgain, matcherLogTruncated, matcherPartitionsAdded } from '../matcher-log-changes.js';
import { matcherModelSwitchKilled } from '../matcher-model-switch.js';
import { matcherRebuildKilled } from '../matcher-rebuild-killed.js';
import { matcherRegistryAway } from '../matcher-registry.js';
import { matcherBrokerEnds, matcherBrokerEndsAsItSends, matcherDatabaseEnds } from '../matcher-servers-end.js';
import { matcherOldCopy, matcherStateLost } from '../matcher-state.js';
import { matcherTwoAtOnce } from '../matcher-two-at-once.js';
import { mixedVersions } from '../mixed-versions.js';
import { matcherNetworkToBroker, matcherNetworkToDatabase, networkToBroker, networkToDatabase } from '../network.js';
import { discardKilled, redriveKilled } from '../parked-again.js';
import { partitionsAdded } from '../partitions-added.js';
import { peopleErased } from '../people-erased.js';
import { poison } from '../poison.js';
import { rebuildKilled } from '../rebuild-killed.js';
import { registryAway, registryLies, unknownSchema } from '../registry.js';
import { replayKilled } from '../replay-killed.js';
import { rollingRestart, scale } from '../several-projectors.js';
import { stoppedAndWoken } from '../stopped-and-woken.js';
import { switchKilled } from '../switch-killed.js';
import { twoRebuilds } from '../two-rebuilds.js';
import type { Drill } from './drill.js';

/** Every drill. Adding one = its file and one line here. */
export const DRILLS: readonly Drill[] = [
  killAroundTheTransaction,
  killAtRandom,
  stoppedAndWoken,
  scale,
  rollingRestart,
  duplicates,
  holes,
  poison,
  unknownSchema,
  registryAway,
  registryLies,
  logTruncated,
  topicMadeAgain,
  partitionsAdded,
  networkToDatabase,
  networkToBroker,
  databaseEnds,
  brokerEnds,
  rebuildKilled,
  switchKilled,
  twoRebuilds,
  redriveKilled,
  discardKilled,
  replayKilled,
  mixedVersions,
  peopleErased,
  backlog,
  matcherKillAroundTheTransaction,
  matcherKillAtRandom,
  matcherTwoAtOnce,
  matcherStateLost,
  matcherOldCopy,
  matcherKeysLost,
  matcherRebuildKilled,
  matcherModelSwitchKilled,
  matcherRegistryAway,
  matcherLogTruncated,
  matcherLogMadeAgain,
  matcherPartitionsAdded,
  matcherDecisionsLost,
  matcherNetworkToDatabase,
  matcherNetworkToBroker,
  matcherDatabaseEnds,
  matcherBrokerEnds,
  matcherBrokerEndsAsItSends,
];

import { childview } from './childview.js';
import { cis } from './cis.js';
import { clusterLists } from './cluster-lists.js';
import { generic } from './generic.js';
import { insight } from './insight.js';
import { liquidlogic } from './liquidlogic.js';
import { mosaic } from './mosaic.js';
import { niche } from './niche.js';
import { northbridgeHomes } from './northbridge-homes.js';
import type { SourceSystem } from './source-system.js';
import { synergy } from './synergy.js';

/** The source systems of Northbridge. Mosaic first, because the others note its case IDs; housing knows whoever none before it does. */
export const SYSTEMS: readonly SourceSystem[] = [
  mosaic,
  synergy,
  cis,
  niche,
  childview,
  insight,
  clusterLists,
  northbridgeHomes,
  liquidlogic,
  generic,
];

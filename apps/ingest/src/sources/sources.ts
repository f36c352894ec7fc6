/** Every system that is mapped. Adding one = its mapping file and one line here; which of them an authority has, its settings say. */
import { childview } from './childview.js';
import { cis } from './cis.js';
import { clusterLists } from './cluster-lists.js';
import { generic } from './generic.js';
import { insight } from './insight.js';
import { liquidlogic } from './liquidlogic.js';
import type { Mapping } from './mapping.js';
import { mosaic } from './mosaic.js';
import { niche } from './niche.js';
import { northbridgeHomes } from './northbridge-homes.js';
import { synergy } from './synergy.js';

export const MAPPINGS: readonly Mapping[] = [
  mosaic,
  liquidlogic,
  synergy,
  cis,
  northbridgeHomes,
  niche,
  childview,
  insight,
  clusterLists,
  generic,
];

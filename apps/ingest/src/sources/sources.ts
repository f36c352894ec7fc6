/** The sources of this authority. Adding one = its mapping file and one line here. */
import { childview } from './childview.js';
import { cis } from './cis.js';
import { clusterLists } from './cluster-lists.js';
import { insight } from './insight.js';
import { mosaic } from './mosaic.js';
import { niche } from './niche.js';
import { northbridgeHomes } from './northbridge-homes.js';
import type { Source } from './source.js';
import { synergy } from './synergy.js';

export const SOURCES: readonly Source[] = [mosaic, synergy, cis, northbridgeHomes, niche, childview, insight, clusterLists];

export const sourceNamed = (name: string): Source | undefined => SOURCES.find((source) => source.name === name);

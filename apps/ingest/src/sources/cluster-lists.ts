import type { Source } from './source.js';

export const clusterLists: Source = { name: 'cluster-lists', label: 'Cluster lists', services: ['early-help'], doors: ['http', 'kafka'] };

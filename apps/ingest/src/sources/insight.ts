import type { Source } from './source.js';

export const insight: Source = { name: 'insight', label: 'Insight', services: ['not-in-education'], doors: ['http', 'kafka'] };

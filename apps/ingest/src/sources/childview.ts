import type { Source } from './source.js';

export const childview: Source = { name: 'childview', label: 'ChildView', services: ['youth-offending'], doors: ['http', 'kafka'] };

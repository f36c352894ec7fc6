import type { Source } from './source.js';

export const synergy: Source = { name: 'synergy', label: 'Synergy', services: ['school'], doors: ['http', 'kafka'] };

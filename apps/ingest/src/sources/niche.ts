import type { Source } from './source.js';

export const niche: Source = { name: 'niche', label: 'Niche', services: ['police'], doors: ['http', 'kafka'] };

import type { Source } from './source.js';

export const cis: Source = { name: 'cis', label: 'CIS', services: ['adult-social-care'], doors: ['http', 'kafka'] };

import type { Source } from './source.js';

export const mosaic: Source = { name: 'mosaic', label: 'Mosaic', services: ['childrens-social-care'], doors: ['http', 'kafka'] };

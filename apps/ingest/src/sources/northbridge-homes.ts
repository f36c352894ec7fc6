import type { Source } from './source.js';

export const northbridgeHomes: Source = {
  name: 'northbridge-homes',
  label: 'Northbridge Homes',
  services: ['housing'],
  doors: ['http', 'kafka'],
};

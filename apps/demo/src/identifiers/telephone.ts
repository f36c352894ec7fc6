import type { Random } from '../random.js';

/** Numbers that Ofcom keeps free for drama: they ring nowhere. */
const LANDLINE = '01632 960';
const MOBILE = '07700 900';

const three = (n: number): string => String(n % 1000).padStart(3, '0');
export const landline = (n: number): string => `${LANDLINE} ${three(n)}`;
export const anyTelephone = (chance: Random): string => `${chance.chance(0.7) ? MOBILE : LANDLINE} ${three(chance.int(0, 999))}`;

import { CARIBBEAN, CONGOLESE, ERITREAN, NIGERIAN, SOMALI } from './african-and-caribbean.js';
import { BRITISH, IRISH } from './british-and-irish.js';
import { CHINESE, FILIPINO, VIETNAMESE } from './east-asian.js';
import { POLISH, ROMANIAN, SLOVAK, UKRAINIAN } from './eastern-european.js';
import { AFGHAN, ARABIC, KURDISH, TURKISH } from './middle-eastern.js';
import type { Origin } from './origin.js';
import { PORTUGUESE } from './portuguese.js';
import { BANGLADESHI, INDIAN, PAKISTANI, SIKH, TAMIL } from './south-asian.js';

/** The people of Northbridge, by where their names come from. */
export const ORIGINS: readonly Origin[] = [
  BRITISH,
  IRISH,
  POLISH,
  ROMANIAN,
  SLOVAK,
  UKRAINIAN,
  PORTUGUESE,
  PAKISTANI,
  BANGLADESHI,
  INDIAN,
  SIKH,
  TAMIL,
  NIGERIAN,
  SOMALI,
  ERITREAN,
  CONGOLESE,
  CARIBBEAN,
  ARABIC,
  KURDISH,
  TURKISH,
  AFGHAN,
  CHINESE,
  VIETNAMESE,
  FILIPINO,
];

import type { Contract, Contracts } from './contract.js';

/** Operators see tokens, codes, counts and times. That others came is on record, and every act before it is done (operate.int.spec.ts). */
const OPERATIONS: Contract = { denied: 'operated' };

/** What officers read is on record before they are shown it (audit-pages.int.spec.ts); here, that others came. */
const OF_THE_AUDIT: Contract = { denied: 'read-audit' };

/** What the team of a source is shown is on record problem by problem (answer-problems.int.spec.ts); here, that others came. */
const OF_PROBLEMS: Contract = { denied: 'viewed-problem' };

/** What becomes of a source's files and events: that others came is on record (sources.int.spec.ts for the rest). */
const OF_SOURCES: Contract = { denied: 'viewed-source' };
const OF_FILES: Contract = { denied: 'handled-file' };

/** What a steward is shown, and decides, is on record for both people (review-matches.int.spec.ts); here, that others came. */
const OF_MATCHES: Contract = { denied: 'reviewed-match' };

/** Routes of officers, operators, the teams of sources, and stewards. */
export const OF_OTHER_ROLES: Contracts = {
  'GET /problems': OF_PROBLEMS,
  'GET /problems/:problem': OF_PROBLEMS,
  'POST /problems/:problem': OF_PROBLEMS,
  'GET /v1/problems': OF_PROBLEMS,
  'GET /matches': { denied: 'listed-matches' },
  'GET /matches/opened': { denied: 'opened-match' },
  'POST /matches/opened': { denied: 'opened-match' },
  'GET /matches/:one/:other': OF_MATCHES,
  'POST /matches/:one/:other': OF_MATCHES,
  'POST /matches/:one/:other/taken-back': OF_MATCHES,
  'GET /matches/:one/:other/known': OF_MATCHES,
  'POST /matches/:one/:other/known': OF_MATCHES,
  'GET /sources': OF_SOURCES,
  'GET /sources/:source': OF_SOURCES,
  'GET /v1/sources/:source': OF_SOURCES,
  'GET /sources/:source/files': OF_SOURCES,
  'GET /sources/:source/files/new': OF_FILES,
  'POST /sources/:source/files': OF_FILES,
  'GET /sources/:source/files/:file': OF_SOURCES,
  'GET /sources/:source/files/:file/problems': OF_SOURCES,
  'POST /sources/:source/files/:file/confirmation': OF_FILES,
  'POST /sources/:source/files/:file/approval': OF_FILES,
  'GET /audit': OF_THE_AUDIT,
  'POST /audit/questions': OF_THE_AUDIT,
  'GET /audit/questions/:question': OF_THE_AUDIT,
  'GET /audit/questions/:question/csv': OF_THE_AUDIT,
  'GET /audit/people/:person': OF_THE_AUDIT,
  'GET /audit/people/:person/csv': OF_THE_AUDIT,
  'GET /audit/people/:person/report/:level': OF_THE_AUDIT,
  'GET /audit/people/:person/report/:level/csv': { denied: 'exported' },
  'GET /audit/people/:person/exposure': OF_THE_AUDIT,
  'GET /audit/people/:person/exposure/:other': OF_THE_AUDIT,
  'GET /audit/people/:person/exposure/:other/csv': { denied: 'exported' },
  'GET /audit/looks/:list': OF_THE_AUDIT,
  'GET /audit/looks/:list/csv': { denied: 'exported' },
  'GET /audit/entries/:entry': OF_THE_AUDIT,
  'POST /audit/entries/:entry/terms': OF_THE_AUDIT,
  'GET /audit/unusual': OF_THE_AUDIT,
  'POST /audit/unusual': { denied: 'operated' },
  'GET /audit/unusual/:finding': OF_THE_AUDIT,
  'POST /audit/unusual/:finding': OF_THE_AUDIT,
  'GET /settings': OPERATIONS,
  'GET /settings/in-force': OPERATIONS,
  'GET /settings/:version': OPERATIONS,
  'GET /audit/alerts/:alert': OF_THE_AUDIT,
  'POST /audit/alerts/:alert': OF_THE_AUDIT,
  'GET /audit/export': OF_THE_AUDIT,
  'POST /audit/export': { denied: 'exported' },
  'GET /operations': OPERATIONS,
  'GET /operations/balance': OPERATIONS,
  'GET /operations/generations': OPERATIONS,
  'GET /operations/generations/build': OPERATIONS,
  'POST /operations/generations/build': OPERATIONS,
  'GET /operations/generations/:id/compare': OPERATIONS,
  'POST /operations/generations/:id/compare': OPERATIONS,
  'GET /operations/generations/:id/drop': OPERATIONS,
  'POST /operations/generations/:id/drop': OPERATIONS,
  'GET /operations/generations/:id/switch': OPERATIONS,
  'POST /operations/generations/:id/switch': OPERATIONS,
  'GET /operations/generations/:way': OPERATIONS,
  'POST /operations/generations/:way': OPERATIONS,
  'GET /operations/parked': OPERATIONS,
  'GET /operations/parked/:way': OPERATIONS,
  'POST /operations/parked/:way': OPERATIONS,
  'GET /operations/replay': OPERATIONS,
  'POST /operations/replay': OPERATIONS,
  'GET /operations/replay/:count': OPERATIONS,
  'POST /operations/replay/:count': OPERATIONS,
  'GET /operations/requests': OPERATIONS,
  'GET /operations/requests/:id': OPERATIONS,
  'GET /operations/requests/:id/cancel': OPERATIONS,
  'POST /operations/requests/:id/cancel': OPERATIONS,
  'GET /operations/requests/:id/differences': OPERATIONS,
  'GET /operations/sources': OPERATIONS,
  'GET /operations/sources/:source': OPERATIONS,
};

import type { Contracts } from './contract.js';

const SAYS_NOTHING = { exempt: 'says nothing of anybody' };

/** Coming in, going out, and what is said of the index. */
export const OF_EVERYBODY: Contracts = {
  'GET /health/live': SAYS_NOTHING,
  'GET /health/ready': SAYS_NOTHING,
  'GET /metrics': SAYS_NOTHING,
  'GET /privacy': SAYS_NOTHING,
  'GET /accessibility': SAYS_NOTHING,
  'GET /help': SAYS_NOTHING,
  'GET /glossary': SAYS_NOTHING,
  'GET /whats-new': SAYS_NOTHING,
  'GET /feedback': SAYS_NOTHING,
  'GET /feedback/given': SAYS_NOTHING,
  'POST /feedback': { acts: 'gave-feedback', fields: { category: 'idea', words: 'A larger font on paper' } },
  'GET /what-is-in-the-index': SAYS_NOTHING,
  'GET /services/:service': SAYS_NOTHING,
  'GET /sign-in': SAYS_NOTHING,
  'GET /signed-out': SAYS_NOTHING,
  'GET /': { exempt: 'leads to the page a role is for' },
  'GET /sign-in/begin': { exempt: 'leads to the directory' },
  'GET /sign-in/return': { exempt: 'whoever comes back is signed in or refused, and that is on record (sign-in.int.spec.ts)' },
  'POST /sign-out': { acts: 'signed-out', fields: {} },
  'GET /sign-out': SAYS_NOTHING,
  'GET /sign-out/directory': { exempt: 'leads to the directory' },
  'GET /timed-out': SAYS_NOTHING,
  'GET /session': { exempt: 'says how long the reader’s own session lasts, and prolongs nothing' },
  'POST /session/stay': { exempt: 'prolongs the reader’s own session, whose end is on record with its last use' },
  'GET /session/all': { exempt: 'shows readers where they are signed in themselves' },
  'POST /session/all/end': { acts: 'signed-out', fields: {} },
};

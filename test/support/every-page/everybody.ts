import type { Pages } from './page-state.js';

/** What everybody sees: coming in, going out, and what is said of the index. */
export const PAGES_FOR_EVERYBODY: Pages = {
  'GET /sign-in': [{ name: 'sign-in' }],
  'GET /sign-in/return': [{ name: 'sign-in-refused', status: 403 }],
  'GET /sign-out': [{ name: 'signing-out' }],
  'GET /signed-out': [{ name: 'signed-out' }],
  'GET /timed-out': [{ name: 'timed-out' }],
  'GET /session/all': [{ name: 'sessions' }],
  'GET /privacy': [{ name: 'privacy' }],
  'GET /accessibility': [{ name: 'accessibility' }],
  'GET /help': [{ name: 'help' }],
  'GET /glossary': [{ name: 'glossary' }],
  'GET /whats-new': [{ name: 'whats-new' }],
  'GET /feedback': [{ name: 'feedback' }],
  'POST /feedback': [{ name: 'feedback-with-a-problem', sent: {} }],
  'GET /feedback/given': [{ name: 'feedback-given' }],
  'GET /what-is-in-the-index': [{ name: 'what-is-in-the-index' }],
  'GET /services/:service': [
    { name: 'conditions', at: () => '/services/police' },
    { name: 'no-such-service', at: () => '/services/none', status: 404 },
  ],
};

import type { Pages } from './page-state.js';

/** What data stewards see. */
export const MATCHES_PAGES: Pages = {
  'GET /matches': [
    { name: 'matches' },
    { name: 'matches-of-a-source', at: () => '/matches?source=niche' },
    { name: 'matches-of-a-kind', at: () => '/matches?harm=other' },
  ],
  'GET /matches/opened': [{ name: 'two-records-to-open' }],
  'POST /matches/opened': [
    { name: 'two-records-to-open-with-a-problem', at: () => '/matches/opened', sent: {} },
    {
      name: 'two-records-that-are-not-held',
      at: () => '/matches/opened',
      sent: { firstSource: 'mosaic', firstId: 'none', secondSource: 'synergy', secondId: 'none', because: 'worker-asked' },
      status: 404,
    },
  ],
  'GET /matches/:one/:other': [
    { name: 'match', at: ({ match }) => match },
    { name: 'match-that-stewards-disagree-on', at: ({ disagreed }) => disagreed },
    { name: 'match-that-a-reader-doubts', at: ({ doubtedPair }) => doubtedPair },
    { name: 'match-that-a-reader-claims', at: ({ claimedPair }) => claimedPair },
    { name: 'match-answered', at: ({ matched }) => matched },
    { name: 'no-such-match', at: ({ nobody }) => `/matches/${nobody}/${nobody}`, status: 404 },
  ],
  'POST /matches/:one/:other': [
    { name: 'match-with-a-problem', at: ({ match }) => match, sent: {} },
    { name: 'match-to-confirm', at: ({ match }) => match, sent: { answer: 'same', reason: 'details-agree', words: 'Alike' }, status: 200 },
  ],
  'POST /matches/:one/:other/taken-back': [
    { name: 'match-to-take-back', at: ({ matched }) => `${matched}/taken-back`, sent: {}, status: 200 },
  ],
  'GET /matches/:one/:other/known': [{ name: 'match-known', at: ({ match }) => `${match}/known` }],
  'POST /matches/:one/:other/known': [{ name: 'match-known-with-a-problem', at: ({ match }) => `${match}/known`, sent: {} }],
};

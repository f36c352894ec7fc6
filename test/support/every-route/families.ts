import { randomUUID } from 'node:crypto';
import type { Contract, Contracts } from './contract.js';

/** About one person: an id that nobody has leaves as much on record. */
const shows = (before: string, after: string, ...actions: string[]): Contract => ({
  shows: actions,
  at: ({ person }) => `${before}/${person}${after}`,
  notFound: () => `${before}/${randomUUID()}${after}`,
});
/** About two people, who may be one by now. */
const showsTwo = (before: string, ...actions: string[]): Contract => ({
  shows: actions,
  at: ({ person }) => `${before}/${person}/same/${person}`,
  notFound: () => `${before}/${randomUUID()}/same/${randomUUID()}`,
});
const KEEPS_TERMS = { exempt: 'keeps what was typed, sealed, and shows nothing; the results it leads to are on record' };

/** Routes of readers who work with families. */
export const OF_FAMILIES: Contracts = {
  'GET /search': { exempt: 'a form, with what the reader has typed there; that others came is on record' },
  'POST /search': KEEPS_TERMS,
  'POST /v1/searches': KEEPS_TERMS,
  'GET /search/:id': { shows: ['searched', 'shown-in-results'], at: ({ search }) => `/search/${search}` },
  'GET /v1/searches/:id': { shows: ['searched', 'shown-in-results'], at: ({ search }) => `/v1/searches/${search}` },
  'GET /people/:person': shows('/people', '', 'viewed-person', 'viewed-relationships'),
  'GET /people/:person/services/:services': shows(
    '/people',
    '/services/childrens-social-care',
    'viewed-person',
    'viewed-relationships',
    'opened-panel',
  ),
  'GET /people/:person/panels/:service': shows('/people', '/panels/school', 'opened-panel'),
  'GET /people/:person/family': shows('/people', '/family', 'viewed-person'),
  'GET /people/:person/contacts': shows('/people', '/contacts', 'viewed-contacts'),
  'GET /people/:person/addresses': shows('/people', '/addresses', 'viewed-person'),
  'GET /people/:person/why': shows('/people', '/why', 'viewed-person'),
  'GET /v1/people/:id/family': shows('/v1/people', '/family', 'viewed-person'),
  'GET /v1/people/:id/contacts': shows('/v1/people', '/contacts', 'viewed-contacts'),
  'GET /v1/people/:id/addresses': shows('/v1/people', '/addresses', 'viewed-person'),
  'POST /v1/links': KEEPS_TERMS,
  'POST /open': KEEPS_TERMS,
  'GET /links/:id': { exempt: 'looks up a case ID as a search does, which is on record (links.int.spec.ts)' },
  'GET /links/:id/back': { exempt: 'leads back to the system a reader came from' },
  'GET /v1/people/:id': shows('/v1/people', '', 'viewed-person', 'viewed-relationships'),
  'GET /v1/people/:id/relationships': shows('/v1/people', '/relationships', 'viewed-relationships'),
  'GET /v1/people/:id/services/:service': shows('/v1/people', '/services/school', 'opened-panel'),
  'GET /people/:person/panels/:service/problem': shows('/people', '/panels/childrens-social-care/problem', 'opened-panel'),
  'POST /people/:person/panels/:service/problem': { exempt: 'is on record as reported-problem (report-problem.int.spec.ts)' },
  'POST /v1/people/:id/services/:service/problems': { exempt: 'is on record as reported-problem (report-problem.int.spec.ts)' },
  'GET /people/:person/problem': shows('/people', '/problem', 'viewed-person'),
  'POST /people/:person/problem': { exempt: 'is on record as reported-problem (report-value.int.spec.ts)' },
  'GET /v1/people/:id/values': shows('/v1/people', '/values', 'viewed-person'),
  'POST /v1/people/:id/problems': { exempt: 'is on record as reported-problem (report-value.int.spec.ts)' },
  'GET /caseload': { shows: ['shown-in-results'], at: () => '/caseload' },
  'GET /people/:person/doubt': shows('/people', '/doubt', 'viewed-person'),
  'POST /people/:person/doubt': { exempt: 'is on record as raised-doubt (doubt-record.int.spec.ts)' },
  'POST /people/:person/doubt/withdrawn': { exempt: 'is on record as withdrew-doubt (doubt-record.int.spec.ts)' },
  'GET /v1/people/:id/doubts': shows('/v1/people', '/doubts', 'viewed-person'),
  'POST /v1/people/:id/doubts': { exempt: 'is on record as raised-doubt (doubts-api.int.spec.ts)' },
  'POST /v1/people/:id/doubts/:doubt/withdrawn': { exempt: 'is on record as withdrew-doubt (doubts-api.int.spec.ts)' },
  'GET /people/:person/same/:other': showsTwo('/people', 'viewed-person', 'shown-in-results'),
  'POST /people/:person/same/:other': { exempt: 'is on record as claimed-same (claim-same.int.spec.ts)' },
  'POST /people/:person/same/:other/withdrawn': { exempt: 'is on record as withdrew-claim (claim-same.int.spec.ts)' },
  'GET /v1/people/:id/same/:other': showsTwo('/v1/people', 'viewed-person', 'shown-in-results'),
  'POST /v1/people/:id/same/:other': { exempt: 'is on record as claimed-same (claims-api.int.spec.ts)' },
  'POST /v1/people/:id/same/:other/withdrawn': { exempt: 'is on record as withdrew-claim (claims-api.int.spec.ts)' },
  'GET /people/:person/known': { exempt: 'says what a declaration does, and reads nothing; that others came is on record' },
  'POST /people/:person/known': { exempt: 'is on record as declared-known (declare-known.int.spec.ts)' },
  'GET /known/:declaration': { exempt: 'says that a declaration of the reader’s own is kept, and reads nothing of whom it is about' },
  'POST /people/:person/printed/:page': { exempt: 'is on record as printed (printed.int.spec.ts)' },
  'POST /printed/:page': { exempt: 'is on record as printed (printed.int.spec.ts)' },
  'GET /restricted': { denied: 'overridden' },
  'POST /restricted': { denied: 'overridden' },
  'GET /people/:person/reason': { exempt: 'a form that reads nothing; that others came is on record' },
  'POST /people/:person/reason': { acts: 'gave-reason', fields: { why: 'handover', none: 'yes' } },
  'POST /v1/people/:id/reasons': { exempt: 'is on record, with the reason (give-reason.int.spec.ts)' },
};

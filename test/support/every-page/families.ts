import type { Pages } from './page-state.js';

/** What readers who work with families see. */
export const FAMILIES_PAGES: Pages = {
  'GET /search': [{ name: 'search' }, { name: 'search-changed', at: ({ search }) => `/search?change=${search}` }],
  'POST /search': [
    { name: 'search-with-a-problem', sent: { by: 'names' } },
    { name: 'search-without-an-id', sent: { by: 'case-id' } },
  ],
  'GET /search/:id': [
    { name: 'results', at: ({ search }) => `/search/${search}` },
    { name: 'results-many', at: ({ manySearch }) => `/search/${manySearch}` },
    { name: 'results-none', at: ({ noneSearch }) => `/search/${noneSearch}` },
    { name: 'results-over', at: ({ nobody }) => `/search/${nobody}`, status: 404 },
  ],
  'GET /people/:person': [
    { name: 'child', at: ({ child, search }) => `/people/${child}?search=${search}` },
    { name: 'adult', at: ({ adult }) => `/people/${adult}` },
    { name: 'person-with-a-doubted-record', at: ({ doubted }) => `/people/${doubted}` },
    { name: 'person-by-name-only', at: ({ nameOnly }) => `/people/${nameOnly}` },
    { name: 'person-that-was-split', at: ({ parted: [one] }) => `/people/${one}` },
    { name: 'choose-of-a-split-person', at: ({ split }) => `/people/${split}`, status: 300 },
    { name: 'nobody', at: ({ nobody }) => `/people/${nobody}`, status: 404 },
    { name: 'known-person', at: ({ known }) => `/people/${known}`, status: 403 },
  ],
  'GET /people/:person/panels/:service': [
    { name: 'panel', at: ({ child }) => `/people/${child}/panels/childrens-social-care` },
    { name: 'panel-with-something-missing', at: ({ child }) => `/people/${child}/panels/housing` },
  ],
  'GET /people/:person/panels/:service/problem': [
    { name: 'report-a-missing-involvement', at: ({ child }) => `/people/${child}/panels/housing/problem` },
    { name: 'report-a-problem', at: ({ child }) => `/people/${child}/panels/childrens-social-care/problem` },
  ],
  'POST /people/:person/panels/:service/problem': [
    { name: 'report-a-missing-involvement-with-a-problem', at: ({ child }) => `/people/${child}/panels/housing/problem`, sent: {} },
    {
      name: 'panel-changed',
      at: ({ child }) => `/people/${child}/panels/housing/problem`,
      sent: { category: 'wrong-phone', analystsAlone: 'no' },
    },
    {
      name: 'report-a-problem-without-which',
      at: ({ child }) => `/people/${child}/panels/childrens-social-care/problem`,
      sent: { category: 'wrong-phone' },
    },
    {
      name: 'report-a-missing-involvement-again',
      at: ({ child }) => `/people/${child}/panels/housing/problem`,
      sent: { category: 'missing-involvement', words: 'As I said' },
      status: 409,
    },
    { name: 'report-a-problem-with-a-problem', at: ({ child }) => `/people/${child}/panels/childrens-social-care/problem`, sent: {} },
  ],
  'GET /people/:person/problem': [{ name: 'report-a-value', at: ({ child }) => `/people/${child}/problem` }],
  'POST /people/:person/problem': [{ name: 'report-a-value-with-a-problem', at: ({ child }) => `/people/${child}/problem`, sent: {} }],
  'GET /people/:person/doubt': [
    { name: 'doubt', at: ({ joined }) => `/people/${joined}/doubt` },
    { name: 'doubt-raised', at: ({ doubted }) => `/people/${doubted}/doubt` },
    { name: 'doubt-of-one-record', at: ({ nameOnly }) => `/people/${nameOnly}/doubt` },
  ],
  'POST /people/:person/doubt': [{ name: 'doubt-with-a-problem', at: ({ joined }) => `/people/${joined}/doubt`, sent: {} }],
  'GET /people/:person/same/:other': [
    { name: 'claim', at: ({ joined, doubted }) => `/people/${joined}/same/${doubted}` },
    { name: 'claim-raised', at: ({ claimed }) => `/people/${claimed[0]}/same/${claimed[1]}` },
    { name: 'claim-of-one-person', at: ({ joined }) => `/people/${joined}/same/${joined}` },
  ],
  'POST /people/:person/same/:other': [
    { name: 'claim-with-a-problem', at: ({ joined, doubted }) => `/people/${joined}/same/${doubted}`, sent: {} },
  ],
  'GET /people/:person/family': [{ name: 'family', at: ({ child }) => `/people/${child}/family` }],
  'GET /people/:person/contacts': [{ name: 'contacts', at: ({ child }) => `/people/${child}/contacts` }],
  'GET /people/:person/addresses': [{ name: 'addresses', at: ({ adult }) => `/people/${adult}/addresses` }],
  'GET /people/:person/why': [
    { name: 'why-one-person', at: ({ child }) => `/people/${child}/why` },
    { name: 'why-two-people', at: ({ claimed }) => `/people/${claimed[0]}/why` },
  ],
  'GET /people/:person/reason': [{ name: 'reason', at: ({ unasked }) => `/people/${unasked}/reason` }],
  'POST /people/:person/reason': [{ name: 'reason-with-a-problem', at: ({ unasked }) => `/people/${unasked}/reason`, sent: {} }],
  'GET /people/:person/known': [{ name: 'know-this-person', at: ({ child }) => `/people/${child}/known` }],
  'GET /caseload': [{ name: 'caseload' }],
  'GET /people/:person/services/:services': [
    { name: 'child-with-an-open-panel', at: ({ child }) => `/people/${child}/services/childrens-social-care` },
    { name: 'adult-with-open-panels', at: ({ adult }) => `/people/${adult}/services/childrens-social-care,housing,police` },
  ],
};

import type { Pages } from './page-state.js';

/** What officers, managers and administrators see. */
export const AUDIT_PAGES: Pages = {
  'GET /restricted': [{ name: 'restricted' }],
  'POST /restricted': [{ name: 'restricted-with-a-problem', sent: {} }],
  'GET /audit': [{ name: 'audit' }],
  'POST /audit/questions': [{ name: 'audit-with-a-problem', sent: {} }],
  'GET /audit/questions/:question': [{ name: 'audit-question', at: ({ question }) => question }],
  'GET /audit/people/:person': [{ name: 'audit-person', at: ({ child }) => `/audit/people/${child}` }],
  'GET /audit/people/:person/report/:level': [{ name: 'audit-report', at: ({ child }) => `/audit/people/${child}/report/names` }],
  'GET /audit/people/:person/exposure': [{ name: 'audit-shown-with', at: ({ parted }) => `/audit/people/${parted[0]}/exposure` }],
  'GET /audit/people/:person/exposure/:other': [
    { name: 'audit-exposure', at: ({ parted }) => `/audit/people/${parted[0]}/exposure/${parted[1]}` },
    { name: 'audit-exposure-none', at: ({ child, adult }) => `/audit/people/${child}/exposure/${adult}` },
    { name: 'audit-exposure-one', at: ({ child }) => `/audit/people/${child}/exposure/${child}` },
  ],
  'GET /audit/looks/:list': ['overrides', 'refused', 'asked', 'reasons', 'readers'].map((list) => ({
    name: `audit-${list}`,
    at: () => `/audit/looks/${list}`,
  })),
  'GET /audit/entries/:entry': [{ name: 'audit-entry', at: ({ entry }) => entry }],
  'POST /audit/entries/:entry/terms': [{ name: 'audit-entry-with-a-problem', at: ({ entry }) => `${entry}/terms`, sent: {} }],
  'GET /audit/unusual': [{ name: 'audit-unusual' }],
  'GET /audit/unusual/:finding': [{ name: 'audit-finding', at: ({ finding }) => finding }],
  'POST /audit/unusual/:finding': [{ name: 'audit-finding-with-a-problem', at: ({ finding }) => finding, sent: {} }],
  'GET /settings': [{ name: 'settings' }],
  'GET /settings/in-force': [{ name: 'settings-in-force' }],
  'GET /settings/:version': [{ name: 'settings-version', at: () => '/settings/1' }],
  'GET /audit/alerts/:alert': [{ name: 'audit-alert', at: ({ alert }) => alert }],
  'POST /audit/alerts/:alert': [{ name: 'audit-alert-with-a-problem', at: ({ alert }) => alert, sent: {} }],
  'GET /audit/export': [{ name: 'audit-export' }],
  'POST /audit/export': [{ name: 'audit-export-with-a-problem', sent: {} }],
};

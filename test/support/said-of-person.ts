import type { Got } from './query-app.js';

/** Every address that could tell something of a person. */
export const apiPathsOf = (person: string) => [
  `/v1/people/${person}`,
  `/v1/people/${person}/relationships`,
  `/v1/people/${person}/services/childrens-social-care`,
  `/v1/people/${person}/services/police`,
  `/v1/people/${person}/family`,
  `/v1/people/${person}/contacts`,
  `/v1/people/${person}/addresses`,
  `/v1/people/${person}/doubts`,
  `/v1/people/${person}/same/${person}`,
];
export const pagePathsOf = (person: string) => [
  `/people/${person}`,
  `/people/${person}/services/childrens-social-care`,
  `/people/${person}/panels/childrens-social-care`,
  `/people/${person}/family`,
  `/people/${person}/contacts`,
  `/people/${person}/addresses`,
  `/people/${person}/why`,
  `/people/${person}/same/${person}`,
];

/** Headers that may differ between any two answers. */
export const said = ({ status, headers, text }: Got) => ({
  status,
  text,
  headers: Object.fromEntries([...headers].filter(([header]) => header !== 'date' && header !== 'x-request-id')),
});

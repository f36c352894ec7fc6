export { normaliseName } from './normalise-name.js';
export { validNhsNumber } from './nhs-number.js';
export { normalisePostcode } from './postcode.js';
export { searchKeysOf } from './search-keys.js';
export { searchTermsOf } from './search-terms.js';
export { type RecordedName, type SearchablePerson, type TypedSearch } from './searchable-person.js';
export { whyMatched } from './why-matched.js';

export { SealBrokenError, SubjectErasedError } from './errors.js';
export { KeyStore, type KeyStoreOptions, type SourceRecord } from './key-store.js';
export { migrateKeyStore } from './migrate-key-store.js';
export { type ClearFields, sealEvent, SEALING_VERSION, unsealEvent } from './seal-event.js';
export { openText, sealText } from './seal-text.js';
export { eventIdOf, type SubjectKey } from './subject-key.js';

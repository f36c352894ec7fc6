export { migrateKept } from './migrate-kept.js';
export {
  applySettings,
  beginToUse,
  type SettingsVersion,
  settingsDigest,
  settingsOf,
  settingsVersions,
  versionInUse,
} from './settings-versions.js';

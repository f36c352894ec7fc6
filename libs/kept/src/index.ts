export { migrateKept } from './migrate-kept.js';
export { differenceWords, type SettingsDifference, settingsDifferences } from './settings-differences.js';
export {
  applySettings,
  beginToUse,
  type SettingsVersion,
  settingsDigest,
  settingsOf,
  settingsVersions,
  versionInUse,
} from './settings-versions.js';

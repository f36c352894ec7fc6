export { describeError } from './describe-error.js';
export { RetryableError } from './errors.js';
export { HealthModule, type HealthOptions, type ReadinessCheck } from './health.module.js';
export { createLogger, type Logger, nestLogger } from './logger.js';
export { Metrics } from './metrics.js';
export { type Running, runUntilStopped } from './run-until-stopped.js';
export { readSettings, type SettingSpec, SettingsError } from './settings.js';
export { settings } from './settings-of-all-apps.js';
export { isUuid } from './uuid.js';

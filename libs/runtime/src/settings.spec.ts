import { z } from 'zod';
import { readSettings, SettingsError } from './settings.js';
import { settings } from './settings-of-all-apps.js';

const { keyEncryptionKey, sessionSecret, topicPartitions, readModelUrl, oidcIssuer } = settings;
const { kafkaBrokers } = settings.kafka;
const production = { NODE_ENV: 'production' };

function problemsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('The settings of an app', () => {
  it('have development defaults, so that a newcomer sets nothing', () => {
    const read = readSettings({ topicPartitions, kafkaBrokers, keyEncryptionKey, httpPort: settings.httpPort(7401) }, {});
    expect(read).toMatchObject({ topicPartitions: 4, kafkaBrokers: ['127.0.0.1:7411'], httpPort: 7401 });
    expect(read.keyEncryptionKey).toHaveLength(32);
  });

  it('come as the values the app uses, not as text', () => {
    const read = readSettings(
      { topicPartitions, kafkaBrokers, oidcIssuer },
      {
        TOPIC_PARTITIONS: '12',
        KAFKA_BROKERS: 'one:9092, two:9092',
        OIDC_ISSUER: 'https://directory.example',
      },
    );
    expect(read).toEqual({ topicPartitions: 12, kafkaBrokers: ['one:9092', 'two:9092'], oidcIssuer: 'https://directory.example' });
  });

  it('are all checked before the app says what is missing', () => {
    const problems = problemsOf(() => readSettings({ keyEncryptionKey, sessionSecret, readModelUrl }, production));
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['KEY_ENCRYPTION_KEY', 'SESSION_SECRET', 'READ_MODEL_URL']);
  });

  it('refuse a secret that is the development default in production', () => {
    const env = { ...production, SESSION_SECRET: sessionSecret.development };
    expect(problemsOf(() => readSettings({ sessionSecret }, env))).toEqual([
      expect.stringContaining('SESSION_SECRET is the development default'),
    ]);
  });

  it('refuse an address without TLS in production, where one is wanted', () => {
    const plain = { OIDC_ISSUER: 'http://directory.example' };
    expect(problemsOf(() => readSettings({ oidcIssuer }, { ...production, ...plain }))).toEqual([
      expect.stringMatching(/^OIDC_ISSUER must begin with https/),
    ]);
    expect(problemsOf(() => readSettings({ oidcIssuer }, plain))).toEqual([]);
  });

  it('take a development default outside production', () => {
    expect(problemsOf(() => readSettings({ sessionSecret }, { SESSION_SECRET: sessionSecret.development }))).toEqual([]);
  });

  it.each([
    ['OIDC_ISSUER', { oidcIssuer }, 'Thomas-Baker-07700900123'],
    ['KEY_ENCRYPTION_KEY', { keyEncryptionKey }, 'Thomas-Baker-07700900123'],
    ['READ_MODEL_URL', { readModelUrl }, 'Thomas-Baker-07700900123'],
    ['TOPIC_PARTITIONS', { topicPartitions }, 'Thomas-Baker-07700900123'],
    ['LOG_LEVEL', { logLevel: settings.logLevel }, 'Thomas-Baker-07700900123'],
  ])('name a wrong %s, but never say its value', (name, specs, value) => {
    const problems = problemsOf(() => readSettings(specs, { [name]: value }));
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} is not valid`))]);
    expect(problems.join()).not.toContain('Baker');
  });

  it('without a default are required everywhere', () => {
    const region = { env: 'REGION', doc: 'Where it runs.', schema: z.string() };
    expect(problemsOf(() => readSettings({ region }, {}))).toEqual(['REGION is not set. Where it runs.']);
  });
});

import { connectKafka } from './connect-kafka.js';

it('drops the warning of kafkajs’s timers and no other', () => {
  const emit = process.emitWarning;
  const emitted: unknown[] = [];
  process.emitWarning = (...args: unknown[]) => void emitted.push(args[0]);
  connectKafka({ brokers: ['127.0.0.1:1'], clientId: 'test' });
  process.emitWarning('a timer in the past', 'TimeoutNegativeWarning');
  process.emitWarning('something else', 'Warning');
  process.emitWarning = emit;
  expect(emitted).toEqual(['something else']);
});

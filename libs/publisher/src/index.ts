/** @public */
export { checked } from './check-events.js';
export { clientCredentials, type TokenSource } from './client-credentials.js';
/** @public */
export { PublishFailedError, PublishRefusedError } from './errors.js';
export { httpPublisher, type PublisherOptions } from './http-publisher.js';
/** @public */
export { kafkaPublisher, type KafkaPublisherOptions } from './kafka-publisher.js';
/** @public */
export { emptyOutbox, OUTBOX_TABLE, putInOutbox } from './outbox.js';
export { type EventToPublish, type Publisher, type Waiting } from './publisher.js';
/** @public */
export * from './say.js';

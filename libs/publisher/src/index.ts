export { clientCredentials, type TokenSource } from './client-credentials.js';
/** @public */
export { InvalidEventError, PublishFailedError, PublishRefusedError } from './errors.js';
export { type EventToPublish, httpPublisher, type Publisher, type PublisherOptions } from './http-publisher.js';
export { type KafkaPublisher, kafkaPublisher, type KafkaPublisherOptions, type LandingProducer } from './kafka-publisher.js';
export { addToOutbox, OUTBOX_TABLE, type OutboxClient, sendOutbox } from './outbox.js';
export { type Waiting } from './patience.js';
export {
  closeInvolvement,
  endRelationship,
  linkRelationship,
  openInvolvement,
  recordPerson,
  removePerson,
  replaceRecord,
  retractInvolvement,
  sayChecked,
  updateInvolvement,
} from './told-events.js';

export { clientCredentials, type TokenSource } from './client-credentials.js';
/** @public */
export { PublishFailedError, PublishRefusedError } from './errors.js';
export { type EventToPublish, httpPublisher, type Publisher, type PublisherOptions, type Waiting } from './http-publisher.js';

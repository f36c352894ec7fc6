/** Confluent framing: magic byte 0, schema id as four bytes (big-endian), bare Avro. */
import { LARGEST_MESSAGE } from './avro-schema.js';
import { UndecodableError } from './errors.js';

export const FRAME = 5;

/** @throws UndecodableError when there is no such frame. */
export function schemaIdOf(message: Buffer): number {
  if (message.length > LARGEST_MESSAGE) {
    throw new UndecodableError('too-large', `at most ${LARGEST_MESSAGE} bytes`, `${message.length} bytes`);
  }
  if (message.length < FRAME) throw new UndecodableError('too-short', `at least ${FRAME} bytes`, `${message.length} bytes`);
  if (message[0] !== 0) throw new UndecodableError('foreign-magic-byte', 'first byte 0', `first byte ${message[0]}`);
  return message.readUInt32BE(1);
}

export function framed(message: Buffer, schemaId: number): Buffer {
  message[0] = 0;
  message.writeUInt32BE(schemaId, 1);
  return message;
}

/** Bytes of values in one chunk, uncompressed: a fetch is bounded by what it holds compressed, which may be a thousand times less. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** Messages in order, cut into chunks that can be worked on at once: so many at most, of so many bytes; one that is larger stands alone. */
export function* chunksOf<Message extends { value: Buffer | null }>(messages: readonly Message[], count: number): Generator<Message[]> {
  let chunk: Message[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = message.value?.length ?? 0;
    if (chunk.length > 0 && (chunk.length >= count || bytes + size > CHUNK_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(message);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

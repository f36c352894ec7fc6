/**
 * SQL of milliseconds since 1970. What is begun, used and taken back by processes on many machines goes by one clock, that of the database of
 * sessions: another's may be ahead, and a session begun by it would outlive being revoked.
 */
export const DATABASE_CLOCK = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

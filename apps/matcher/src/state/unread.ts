import type { TopicPartition } from '#lib/kafka';
import type { UnreadEvent } from '../read-events.js';
import type { Transaction } from './open-state.js';

/** Keeps in mind events that could not be read; nothing of what they say. */
export async function keepUnread(client: Transaction, place: TopicPartition, events: readonly UnreadEvent[]): Promise<void> {
  await client.query(
    `INSERT INTO matcher.unread (topic, partition, log_offset, subject, code)
     SELECT $1, $2, * FROM unnest($3::bigint[], $4::uuid[], $5::text[])
     ON CONFLICT DO NOTHING`,
    [place.topic, place.partition, ...columnsOf(events)],
  );
}

/** These can't be read yet: they are tried again when as much time has passed as has already, five minutes at most. */
export async function leaveUnread(client: Transaction, place: TopicPartition, events: readonly UnreadEvent[]): Promise<void> {
  await client.query(
    `UPDATE matcher.unread SET subject = given.subject, code = given.code, again_at = now() + least(now() - since, '5 minutes')
     FROM unnest($3::bigint[], $4::uuid[], $5::text[]) AS given(log_offset, subject, code)
     WHERE topic = $1 AND partition = $2 AND unread.log_offset = given.log_offset`,
    [place.topic, place.partition, ...columnsOf(events)],
  );
}

/** These were read. */
export async function forgetUnread(client: Transaction, { topic, partition }: TopicPartition, offsets: readonly number[]): Promise<void> {
  await client.query('DELETE FROM matcher.unread WHERE topic = $1 AND partition = $2 AND log_offset = ANY($3::bigint[])', [
    topic,
    partition,
    offsets,
  ]);
}

/** Events that are to be tried again, in order: the one that waits longest, and those that follow it closely. */
export async function unreadToTry(client: Transaction, topic: string, within: number): Promise<{ partition: number; offset: number }[]> {
  const { rows } = await client.query<{ partition: number; offset: number }>(
    `WITH due AS (SELECT partition, log_offset, again_at FROM matcher.unread WHERE topic = $1 AND again_at <= now()),
       first AS (SELECT partition, log_offset AS begins FROM due ORDER BY again_at, log_offset LIMIT 1)
     SELECT partition, log_offset AS offset FROM due JOIN first USING (partition)
     WHERE log_offset >= begins AND log_offset < begins + $2 ORDER BY log_offset`,
    [topic, within],
  );
  return rows;
}

export async function countUnread(client: Transaction): Promise<number> {
  const { rows } = await client.query<{ count: number }>('SELECT count(*) AS count FROM matcher.unread');
  return rows[0]!.count;
}

/** How many records have lost their key without a tombstone. */
export async function recordsWithoutKey(client: Transaction): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(DISTINCT subject) AS count FROM matcher.unread WHERE code = 'key-missing'`,
  );
  return rows[0]!.count;
}

function columnsOf(events: readonly UnreadEvent[]): unknown[] {
  return [events.map(({ offset }) => offset), events.map(({ subject }) => subject), events.map(({ code }) => code)];
}

import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Asks the matcher to rule on two records, as whoever decides by hand does. @param env as given to the matcher */
export async function rule(env: Record<string, string>, one: string, other: string, ruling: 'together' | 'apart' | 'none'): Promise<void> {
  const client = new Client({ connectionString: env.MATCHER_URL! });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role) VALUES ($1, $2, $3, $4, 'seen-both', 'data-steward')`,
      [randomUUID(), one, other, ruling],
    );
  } finally {
    await client.end();
  }
}

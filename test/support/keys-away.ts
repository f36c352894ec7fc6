import { Client } from 'pg';

/** Takes data keys out of a key store, as one restored from an old copy would lack them. */
export class KeysAway {
  private constructor(private readonly client: Client) {}

  static async open(keyStoreUrl: string): Promise<KeysAway> {
    const client = new Client({ connectionString: keyStoreUrl });
    await client.connect();
    await client.query('CREATE TABLE away (LIKE data_key)');
    return new KeysAway(client);
  }

  async take(subjects: readonly string[]): Promise<void> {
    await this.client.query('WITH gone AS (DELETE FROM data_key WHERE subject = ANY($1) RETURNING *) INSERT INTO away SELECT * FROM gone', [
      subjects,
    ]);
  }

  /** @returns whose keys were taken */
  async takeAll(): Promise<string[]> {
    const { rows } = await this.client.query<{ subject: string }>('SELECT subject FROM data_key ORDER BY subject');
    const subjects = rows.map(({ subject }) => subject);
    await this.take(subjects);
    return subjects;
  }

  /** @param subjects all that are away unless said */
  async giveBack(subjects: readonly string[] | null = null): Promise<void> {
    await this.client.query(
      `WITH back AS (DELETE FROM away WHERE $1::uuid[] IS NULL OR subject = ANY($1) RETURNING *)
       INSERT INTO data_key SELECT * FROM back`,
      [subjects],
    );
  }

  /** They were destroyed, not lost. */
  async leaveTombstones(): Promise<void> {
    await this.client.query(
      `WITH gone AS (DELETE FROM away RETURNING *)
       INSERT INTO tombstone (subject, lookup, erased_at) SELECT subject, lookup, now() FROM gone`,
    );
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

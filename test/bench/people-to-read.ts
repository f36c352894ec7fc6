import { liveGeneration, openReadModel } from '#lib/read-model';

export interface PersonToRead {
  person: string;
  names: { family: string | null; given: string[] }[];
  dateOfBirth: string | null;
  /** Of an address that is not confidential. */
  postcode: string | null;
}

/** People any reader may see, as Mosaic knows them; the same ones for the same read model. */
export async function peopleToRead(env: Record<string, string>, count: number): Promise<PersonToRead[]> {
  return rowsOf<PersonToRead>(
    env,
    `SELECT rp.person, r.names, r.date_of_birth AS "dateOfBirth",
            (SELECT a->>'postcode' FROM jsonb_array_elements(r.addresses) a WHERE a->>'kind' = 'home' AND NOT (a->>'confidential')::boolean LIMIT 1) AS postcode
     FROM {schema}.record r JOIN {schema}.record_person rp USING (subject)
     WHERE r.source = 'mosaic' AND r.present AND r.restriction = 'none'
       AND NOT EXISTS (SELECT FROM {schema}.record_person o JOIN {schema}.record x USING (subject) WHERE o.person = rp.person AND x.restriction <> 'none')
     ORDER BY md5(r.record_id) LIMIT $1`,
    [count],
  );
}

export interface OpenInvolvement {
  person: string;
  recordId: string;
  involvementId: string;
}

/** Children whom a social worker is involved with now. */
export async function openInvolvements(env: Record<string, string>, count: number): Promise<OpenInvolvement[]> {
  return rowsOf<OpenInvolvement>(
    env,
    `SELECT rp.person, r.record_id AS "recordId", i.involvement_id AS "involvementId"
     FROM {schema}.involvement i JOIN {schema}.record r USING (subject) JOIN {schema}.record_person rp USING (subject)
     WHERE i.source = 'mosaic' AND i.status = 'open' AND r.present AND r.restriction = 'none' AND r.replaced_by IS NULL
     ORDER BY md5(i.involvement_id) LIMIT $1`,
    [count],
  );
}

async function rowsOf<Row>(env: Record<string, string>, text: string, values: unknown[]): Promise<Row[]> {
  const pool = openReadModel(env.READ_MODEL_URL!, { max: 1 });
  try {
    const { schema } = await liveGeneration(pool);
    return (await pool.query(text.replaceAll('{schema}', schema), values)).rows as Row[];
  } finally {
    await pool.end();
  }
}

import pg from 'pg';

/** Does something while no audit record can be written: the application's role has lost its right to insert. */
export async function withoutAudit<T>(auditUrl: string, act: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: auditUrl });
  await client.connect();
  try {
    await client.query('REVOKE INSERT ON audit.entry FROM involvement_audit_writer');
    return await act();
  } finally {
    await client.query('GRANT INSERT ON audit.entry TO involvement_audit_writer');
    await client.end();
  }
}

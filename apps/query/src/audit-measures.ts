import type { AuditLog } from '#lib/audit';
import type { Metrics } from '#lib/runtime';

/** What the two sinks of the audit are doing: counts and times, never whom an entry is about. */
export function measureAudit(metrics: Metrics, audit: AuditLog): void {
  metrics.gauge('audit_database_away', '1 while audit records go to the spool because the database takes none, else 0.', [], (gauge) =>
    gauge.set(Number(audit.state.databaseAway)),
  );
  metrics.gauge('audit_requests_recorded', 'Requests on record since the start, by the sink that acknowledged them.', ['sink'], (gauge) => {
    for (const [sink, count] of Object.entries(audit.state.recorded)) gauge.set({ sink }, count);
  });
  if (audit.state.spool === null) return;
  const spool = () => audit.state.spool!;
  metrics.gauge('audit_spool_records', 'Records in the spool that are not in the database yet.', [], (gauge) => gauge.set(spool().records));
  metrics.gauge('audit_spool_bytes', 'Bytes of them on disk.', [], (gauge) => gauge.set(spool().bytes));
  metrics.gauge('audit_spool_oldest_at_seconds', 'When the oldest of their files was begun, in seconds since 1970; 0: none.', [], (gauge) =>
    gauge.set((spool().oldestAt ?? 0) / 1000),
  );
  metrics.gauge('audit_spool_set_aside', 'Files of the spool kept beside because not all of them could be drained.', ['why'], (gauge) => {
    for (const [why, count] of Object.entries(spool().setAside)) gauge.set({ why }, count);
  });
}

import { couldChangeLog } from '#lib/audit';
import { SettingsError } from '#lib/runtime';

const INSTEAD = {
  AUDIT_URL: 'index_looks, whom `ops prepare` makes with AUDIT_WRITER_PASSWORD',
  AUDIT_READ_URL: 'index_officers, whom `ops prepare` makes with AUDIT_READER_PASSWORD',
} as const;

/** Whoever takes over this process has both addresses: neither may come as a user who could change the log. @throws SettingsError */
export async function refuseWhoCouldChangeLog({ auditUrl, auditReadUrl }: { auditUrl: string; auditReadUrl: string }): Promise<void> {
  const given = [['AUDIT_URL', auditUrl], ['AUDIT_READ_URL', auditReadUrl]] as const; // prettier-ignore
  const asked = await Promise.all(given.map(async ([name, url]) => ({ name, could: await couldChangeLog(url) })));
  const problems = asked.flatMap(({ name, could }) =>
    could === true ? [`${name} comes as a user who could change what is on record. Let it come as ${INSTEAD[name]}.`] : [],
  );
  if (problems.length > 0) throw new SettingsError(problems);
}

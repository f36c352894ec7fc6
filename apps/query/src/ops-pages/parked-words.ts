/** What the reasons for parking mean, as in the runbook. A code of a newer version speaks for itself. */
const MEANINGS: Record<string, string> = {
  'no-value': 'A message without a value: somebody wrote to the log by hand.',
  undecodable: 'Bytes that no schema fits.',
  'contract-broken': 'It breaks the contract of its event.',
  'key-missing': 'No data key and no tombstone: restore the key store, then redrive.',
  'seal-broken': 'The sealed bytes do not open with their key: treat as an incident.',
  'projection-failed': 'A fault of ours: mend the projection, then redrive.',
  'row-refused': 'The database refused the row, a fault of ours: mend the projection, then redrive.',
};

export const parkedMeaning = (code: string): string => MEANINGS[code] ?? 'A reason this page does not know: see the runbook.';

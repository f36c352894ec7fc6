import { csvCell, type ExportedEntry } from '#lib/audit';

const HEADINGS = [
  'index',
  'id',
  'when',
  'reader',
  'role',
  'team',
  'action',
  'outcome',
  'person',
  'subjects',
  'reason',
  'reference',
  'shown',
  'request',
  'sink',
  'redacted',
];

/** The entries as a table for people: without what proves them, and without what was typed. */
export async function* csvLines(entries: AsyncIterable<ExportedEntry>): AsyncGenerator<string> {
  yield HEADINGS.join();
  for await (const { index, fields, redacted, sink } of entries) {
    const { id, at, reader, role, team, action, outcome, person, subjects, reason, reference, shown, requestId } = fields;
    const when = new Date(Number(at)).toISOString();
    const cells = [
      index,
      id,
      when,
      reader,
      role,
      team,
      action,
      outcome,
      person,
      subjects,
      reason,
      reference,
      shown,
      requestId,
      sink,
      redacted.join(' '),
    ];
    yield cells.map(csvCell).join();
  }
}

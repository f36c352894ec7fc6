import type { StoredRecord } from './stored-record.js';

type Link = Pick<StoredRecord, 'subject' | 'replacedBy' | 'replacedAt' | 'described'>;

/**
 * The record that each record's facts belong to: the end of its chain of replacements. A link to a record not yet described is not followed,
 * so that nobody vanishes while the new record is on its way. A cycle ends at the record replaced longest ago.
 */
export function chainEndsOf(records: readonly Link[]): Map<string, string> {
  const bySubject = new Map(records.map((record) => [record.subject, record]));
  return new Map(records.map((record) => [record.subject, endOf(record, bySubject).subject]));
}

function endOf(start: Link, bySubject: ReadonlyMap<string, Link>): Link {
  const walked = [start];
  for (;;) {
    const next = bySubject.get(walked.at(-1)?.replacedBy ?? '');
    if (next === undefined || !next.described) return walked.at(-1)!;
    const seenAt = walked.indexOf(next);
    if (seenAt >= 0) return walked.slice(seenAt).reduce((oldest, link) => (earlier(link, oldest) ? link : oldest));
    walked.push(next);
  }
}

function earlier(left: Link, right: Link): boolean {
  const [epochs, positions] = [left.replacedAt[0] - right.replacedAt[0], left.replacedAt[1] - right.replacedAt[1]];
  return epochs < 0 || (epochs === 0 && (positions < 0 || (positions === 0 && left.subject < right.subject)));
}
